import { factsOf } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { eventsOf } from '../../core/queue/attempt-end.ts'
import { eligibleTasks, type NotEligible, type QueuedTask } from '../../core/queue/eligible.ts'
import { coresOfOthers } from '../../core/queue/batches.ts'
import { holdingsOf } from '../../core/queue/fleet-now.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import { leavingNodes, leavingTasks } from '../../core/queue/leaving.ts'
import { settledWaiting } from '../../core/queue/settle-waiting.ts'
import { paces, type Paces } from '../../core/queue/paces.ts'
import { byName, startsOf, type Start } from '../../core/queue/starts.ts'
import { holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'
import type { Schedule } from '../../core/scheduling/input.ts'
import type { NodeRange } from '../../core/scaling/range-in-force.ts'
import type { Change, Lease } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import { announce } from './announce.ts'
import { budgetOf, type Means } from './budget.ts'
import { canceller } from './cancels.ts'
import { limitReader } from './current-limits.ts'
import { describedFleets, type StandingFleets } from './described-fleets.ts'
import { endedReader, judgeNodes } from './ended-attempts.ts'
import { fleetsInHand, keepInHand } from './fleets-in-hand.ts'
import { addressIn, viewsOf } from './fleet-views.ts'
import { fleetWorker, type FleetWorker } from './fleet-worker.ts'
import type { LostNodes } from './lost-nodes.ts'
import { unlessOnlyItsOwn } from './only-its-own.ts'
import { rangeReader } from './range-reader.ts'
import { roomIn } from './most-nodes.ts'
import { placeTasks } from './place-tasks.ts'
import { queueReader, withChanges, type QueueNow } from './read-queue.ts'
import { scaleWorker } from './scale-worker.ts'
import { sightsOf } from './sights.ts'
import { redeliver, startRuns, type FleetNow } from './start-runs.ts'

/** How long a cohort takes from its launch until it is ready, where it has not been measured, in milliseconds. */
const BOOT_MS = { sandbox: 15_000, aws: 300_000 } as const

/** What one tick has seen and done, for whoever shows it. */
export interface TickReport {
  readonly queue: QueueNow
  readonly not: ReadonlyMap<string, NotEligible>
  readonly schedules: Schedule
  readonly fleets: ReadonlyMap<string, FleetWorker>
  /** How few and how many nodes each fleet may have now. */
  readonly ranges: ReadonlyMap<string, NodeRange>
  /** How many more each may have by what it may cost. */
  readonly means: ReadonlyMap<string, Means>
  readonly started: number
  readonly ended: number
}

/**
 * One tick of whoever works the queue: looks at the queue, its runs and its fleets, decides purely, and acts. Everything that is written
 * is written under the lease; a tick that dies anywhere is followed by another that sees what it left.
 */
export function ticker(standing: StandingFleets, services: Services) {
  const { queue, clock, cloud } = services
  const read = queueReader(services)
  const cancel = canceller(services)
  const rangesOf = rangeReader()
  const workers = new Map<string, FleetWorker>()
  const budget = budgetOf(workers, services)
  const withLimits = limitReader(services)
  const lastSeen = new Map<string, number>()
  const pace = paces()
  const endedOf = endedReader(queue)
  let isInformed = false
  let inHand: string | null = null

  const worker = (spec: FleetSpec): FleetWorker => {
    const known = workers.get(spec.name) ?? fleetWorker(spec, services)
    workers.set(spec.name, known)
    return known
  }

  /** Before anything of a fleet is made, and when it is gone. */
  const remember = async (): Promise<void> => {
    const fleets = [...workers.values()].map((one) => one.spec())
    const text = JSON.stringify(fleets)
    if (text === inHand) return
    await keepInHand(fleets, queue)
    inHand = text
  }

  const write = async (now: QueueNow, changes: readonly Change[], lease: Lease): Promise<QueueNow> => {
    if (changes.length === 0) return now
    const written = await queue.append(changes, lease)
    announce(written, services)
    return withChanges(now, written)
  }

  const tick = async (lease: Lease, isLastCall: boolean): Promise<TickReport> => {
    let now = await read()
    const described = await withLimits(describedFleets(now.tasks, standing))
    if (!isInformed) for (const spec of await fleetsInHand(queue)) worker(spec)
    isInformed = true
    for (const spec of described.values()) worker(spec)
    await remember()
    const lost = new Map<string, LostNodes>()
    for (const one of workers.values()) {
      const spec = described.get(one.name) ?? one.spec()
      await unlessOnlyItsOwn(one, async () => {
        lost.set(one.name, await one.look(spec, heldIn(now.tasks, one.name)))
      })
    }
    const before = now
    const told = await endings(now, lost, lastSeen, pace, services)
    now = await write(now, told, lease)
    const ended = await endedOf(before.tasks, told)
    await budget.look(now.tasks)
    now = await write(now, budget.ends(now.tasks), lease)
    cancel(now.tasks)
    const time = clock.now()
    let { waiting, not } = eligibleTasks(now.tasks, now.countsOf, time)
    const settled = settledWaiting(now.tasks, not, time)
    now = await write(
      now,
      settled.map(({ task, event }) => changeOf(task, event, 0)),
      lease,
    )
    if (settled.length > 0) ({ waiting, not } = eligibleTasks(now.tasks, now.countsOf, time))
    ;({ waiting, not } = budget.hold({ waiting, not }, now.tasks))

    const leaving = leavingTasks(now.tasks)
    for (const id of leavingNodes(now.tasks)) for (const one of workers.values()) one.leaving.add(id)
    const holdings = holdingsOf(now.tasks)
    const well = [...workers.values()].filter((one) => lost.has(one.name))
    await judgeNodes(well, ended)
    const cohorts = well.flatMap((one) => viewsOf(one, time, BOOT_MS[cloud.name]))
    const ranges = await rangesOf(well, time)
    const room = roomIn(well, ranges, waiting)
    const tasks = byName(now.tasks)
    const schedules = placeTasks({ now: time, waiting, cohorts, holdings, room }, tasks, pace, cloud.name)
    const starts = startsOf(schedules.placements, tasks, addressIn(workers), time)
    await begin(starts, now, workers, lease, services)
    const means = new Map<string, Means>()
    const placed = new Set(schedules.placements.map((one) => one.task))
    for (const one of well) {
      const wanting = [...waiting, ...leaving]
      const left = wanting.filter((task) => task.fleet === one.name && !placed.has(task.task))
      const held = new Set([...heldIn(now.tasks, one.name), ...nodesOf(schedules, one.name)])
      const isOver = isLastCall && !isAwaited(now.tasks, one.name)
      means.set(one.name, await budget.means(one))
      const view = {
        left,
        all: wanting,
        held,
        holdings,
        isLastCall: isOver,
        bootMs: BOOT_MS[cloud.name],
        range: ranges.get(one.name)!,
        means: means.get(one.name)!,
      }
      await unlessOnlyItsOwn(one, () => scaleWorker(one, view, services))
      if (one.isGone() && !described.has(one.name)) {
        await one.stop()
        workers.delete(one.name)
      }
    }
    await remember()
    return {
      queue: now,
      not,
      schedules,
      fleets: workers,
      ranges,
      means,
      started: placed.size,
      ended: before.tasks.length - now.tasks.length,
    }
  }
  return { tick, workers, stop: async () => void (await Promise.all([...workers.values()].map((one) => one.stop()))) }
}

/** Whether a task of the fleet will still come: one that is begun again later, or waits for another. */
function isAwaited(tasks: readonly QueuedTask[], fleet: string): boolean {
  return tasks.some(({ view, job }) => job.fleet === fleet && view.state === 'waiting')
}

function heldIn(tasks: readonly QueuedTask[], fleet: string): Set<string> {
  const held = tasks.filter(({ view, job }) => job.fleet === fleet && holdsNodes(view))
  return new Set(held.flatMap(({ view }) => lastAttempt(view)?.nodes.map((node) => node.id) ?? []))
}

function nodesOf({ placements }: Schedule, fleet: string): string[] {
  return placements.filter((one) => one.fleet === fleet).flatMap((one) => one.nodeIds)
}

async function endings(
  { tasks }: QueueNow,
  lost: ReadonlyMap<string, LostNodes>,
  lastSeen: Map<string, number>,
  pace: Paces,
  services: Services,
): Promise<Change[]> {
  const running = tasks.filter(({ view }) => holdsNodes(view))
  const losses = new Map([...lost.values()].flatMap((one) => [...one]))
  const sights = await sightsOf(running, losses, services)
  const now = services.clock.now()
  return running.flatMap((task) => {
    const name = taskName(task.key)
    const sight = sights.get(name)
    if (!sight) return []
    if (sight.kind === 'ended' && sight.tookMs !== null) pace.learn(task.job.id, sight.tookMs)
    if (sight.kind !== 'unseen') lastSeen.set(name, now)
    const seenAt = lastSeen.get(name) ?? lastAttempt(task.view)?.placedAt ?? now
    return eventsOf(task, sight, seenAt, now).map((event, nth) => changeOf(task, event, nth))
  })
}

function changeOf({ key, view }: QueuedTask, event: Change['event'], nth: number): Change {
  return { key, event, expects: view.version + nth }
}

async function begin(
  starts: readonly Start[],
  now: QueueNow,
  workers: ReadonlyMap<string, FleetWorker>,
  lease: Lease,
  services: Services,
): Promise<void> {
  for (const one of workers.values()) {
    const nodes = one.observed()?.nodes ?? []
    const typeOf = new Map(nodes.map((node) => [node.id, node.instanceType]))
    const fleet: FleetNow = {
      factsOf: (start) => factsOf(one.types(), typeOf.get(start.nodes[0]?.id ?? '') ?? ''),
      coresTaken: coresOfOthers(now.tasks),
    }
    const mine = starts.filter((start) => start.fleet === one.name)
    const own = now.tasks.filter(({ job }) => job.fleet === one.name)
    await unlessOnlyItsOwn(one, async () => {
      if (mine.length > 0) await startRuns(mine, fleet, lease, services)
      await redeliver(own, fleet, typeOf, lease, services)
    })
  }
}
