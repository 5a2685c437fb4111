import type { FleetSpec } from '../../core/fleet/spec.ts'
import { standsByItself } from '../../core/fleet/standing.ts'
import { OPEN_STATES } from '../../core/queue/task-view.ts'
import type { Services } from '../services.ts'
import type { StandingFleets } from './described-fleets.ts'
import { awaitChange } from './await-change.ts'
import { fleetsInHand } from './fleets-in-hand.ts'
import { leadership } from './leadership.ts'
import { noteWork } from './note-work.ts'
import { CONTROLLER } from '../queue/submit.ts'
import { heldTeller } from './tell-held.ts'
import { ownName } from './take-lead.ts'

export interface WorkRequest {
  /** End when nothing waits or runs any more and every fleet is gone. */
  readonly untilDrained: boolean
  /** The fleets of the folder: those that are to have nodes without any work are raised, unless all is to end. Left out, there are none. */
  readonly fleets?: readonly FleetSpec[]
}

export interface WorkResult {
  readonly ticks: number
  readonly ended: number
  readonly ms: number
}

/**
 * Works the queue: places tasks, watches them, and has the fleets grow, shrink and end. Of several that do, one leads and the others
 * stand by; what one leaves another goes on with.
 *
 * @throws the interrupt's reason when the user stopped it: tasks and fleets are left as they are, and the nodes' leases end them.
 */
export async function workQueue(request: WorkRequest, services: Services): Promise<WorkResult> {
  const { untilDrained } = request
  const { queue, clock, events, interrupts } = services
  const { signal } = interrupts
  const began = clock.now()
  const holder = ownName()
  const tellHeld = heldTeller(services)
  const lead = leadership(standingFleets(request, began), services)
  let ticks = 0
  let ended = 0
  let leadsSince: number | null = null
  let standsBy = false
  const release = interrupts.intercept((cause) => {
    if (cause === 'interrupt') sayThatItStops(services)
    interrupts.abort()
  })
  try {
    for (;;) {
      signal.throwIfAborted()
      if (!(await lead.hold())) {
        if (!standsBy)
          events.emit('queue.stands-by', { holder: (await queue.holder(CONTROLLER, clock.now()))?.holder ?? '' })
        standsBy = true
        leadsSince = null
        if (untilDrained && (await isDrained(services))) break
        await clock.sleep(lead.askAgainMs, signal)
        continue
      }
      standsBy = false
      if (leadsSince === null) events.emit('queue.leads', { holder })
      leadsSince ??= clock.now()
      const seen = await queue.revision()
      const report = await lead.tick(untilDrained)
      if (report === null) continue
      ticks += 1
      ended += report.ended
      await noteWork(report, { holder, since: leadsSince }, services)
      if (untilDrained) tellHeld(report)
      if (untilDrained && report.queue.tasks.length === 0 && report.fleets.size === 0) break
      await awaitChange(seen, services, signal)
    }
    return { ticks, ended, ms: clock.now() - began }
  } finally {
    await lead.stop()
    release()
  }
}

function sayThatItStops({ events }: Services): void {
  const message = 'stopping; tasks and fleets are left as they are; press ctrl-C again to leave at once'
  events.emit('warning', { message, hint: null })
}

/** Those that are raised though no job asks for them: none where all of them are to end. */
function standingFleets({ untilDrained, fleets = [] }: WorkRequest, since: number): StandingFleets {
  return { since, fleets: untilDrained ? [] : fleets.filter(standsByItself) }
}

/** Nothing is left to do, nor a fleet that whoever leads may have died before it took down. */
async function isDrained({ queue }: Services): Promise<boolean> {
  const open = await queue.jobs({ fleet: null, states: OPEN_STATES, limit: 1 })
  return open.length === 0 && (await fleetsInHand(queue)).length === 0
}
