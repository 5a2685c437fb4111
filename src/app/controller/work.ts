import { isMusterError } from '../../core/errors/muster-error.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { standsByItself } from '../../core/fleet/standing.ts'
import { PATIENCE } from '../../core/plan/patience.ts'
import { OPEN_STATES } from '../../core/queue/task-view.ts'
import type { Lease } from '../../ports/job-store.ts'
import { patient } from '../patience.ts'
import type { Services } from '../services.ts'
import type { StandingFleets } from './described-fleets.ts'
import { awaitChange } from './await-change.ts'
import { fleetsInHand } from './fleets-in-hand.ts'
import { noteWork } from './note-work.ts'
import { CONTROLLER } from '../queue/submit.ts'
import { ownName, takeLead } from './take-lead.ts'
import { ticker, type TickReport } from './tick.ts'

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

/** Whoever leads and is not heard of for so long is taken for dead, in milliseconds. */
const LEASE_MS = { sandbox: 10_000, aws: 60_000 } as const

/**
 * Works the queue: places tasks, watches them, and has the fleets grow, shrink and end. Of several that do, one leads and the others
 * stand by; what one leaves another goes on with.
 *
 * @throws the interrupt's reason when the user stopped it: tasks and fleets are left as they are, and the nodes' leases end them.
 */
export async function workQueue(request: WorkRequest, services: Services): Promise<WorkResult> {
  const { untilDrained } = request
  const { queue, clock, cloud, events, interrupts } = services
  const { signal } = interrupts
  const began = clock.now()
  const holder = ownName()
  const leaseMs = LEASE_MS[cloud.name]
  const newHands = () => ticker(standingFleets(request, began), services)
  let hands = newHands()
  const blind = patient(PATIENCE[cloud.name].followingMs, ['CloudUnreachable', 'Throttled'], services)
  let lease: Lease | null = null
  let ticks = 0
  let ended = 0
  let standsBy = false
  let leadsSince = began
  const lead = async (held: Lease): Promise<TickReport | null> => {
    if (standsBy || ticks === 0) {
      leadsSince = clock.now()
      events.emit('queue.leads', { holder })
    }
    standsBy = false
    return hands.tick(held, untilDrained).catch(async (error: unknown) => {
      if (!isMusterError(error, 'LeaseLost')) return blind.bear(error, signal)
      lease = null
      return null
    })
  }
  try {
    for (;;) {
      signal.throwIfAborted()
      const now = clock.now()
      lease = lease ? await queue.renew(lease, leaseMs, now) : await takeLead(leaseMs, services)
      if (lease === null) {
        if (!standsBy) {
          events.emit('queue.stands-by', { holder: (await queue.holder(CONTROLLER, now))?.holder ?? '' })
          // Whoever leads works on the fleets now.
          await hands.stop()
          hands = newHands()
        }
        standsBy = true
        if (untilDrained && (await isDrained(services))) break
        await clock.sleep(leaseMs / 4, signal)
        continue
      }
      const seen = await queue.revision()
      const report = await lead(lease)
      if (report === null) continue
      blind.relieved()
      ticks += 1
      ended += report.ended
      await noteWork(report, { holder, since: leadsSince }, services)
      if (untilDrained && report.queue.tasks.length === 0 && report.fleets.size === 0) break
      await awaitChange(seen, services, signal)
    }
    return { ticks, ended, ms: clock.now() - began }
  } finally {
    await hands.stop()
    if (lease !== null) await queue.release(lease)
  }
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
