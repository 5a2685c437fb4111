import type { NotEligible } from '../../core/queue/eligible.ts'
import { holdingsOf } from '../../core/queue/fleet-now.ts'
import { leavingNodes, leavingTasks } from '../../core/queue/leaving.ts'
import { paces } from '../../core/queue/paces.ts'
import { byName, startsOf } from '../../core/queue/starts.ts'
import type { Schedule } from '../../core/scheduling/input.ts'
import type { NodeRange } from '../../core/scaling/range-in-force.ts'
import type { Change, Lease } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import { announce } from './announce.ts'
import { runBeginner } from './begin-runs.ts'
import { budgetOf, type Means } from './budget.ts'
import { canceller } from './cancels.ts'
import { limitReader } from './current-limits.ts'
import { describedFleets, type StandingFleets } from './described-fleets.ts'
import { endedReader, judgeNodes } from './ended-attempts.ts'
import { endingsReader } from './endings.ts'
import { addressIn, viewsOf } from './fleet-views.ts'
import type { FleetWorker } from './fleet-worker.ts'
import { rangeReader } from './range-reader.ts'
import { roomIn } from './most-nodes.ts'
import { placeTasks } from './place-tasks.ts'
import { queueReader, withChanges, type QueueNow } from './read-queue.ts'
import { scaleFleets } from './scale-fleets.ts'
import { settle } from './settle.ts'
import { watchStalls } from './stalls.ts'
import { fleetWorkers } from './workers.ts'

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
  const bootMs = BOOT_MS[cloud.name]
  const workers = fleetWorkers(services)
  const budget = budgetOf(workers.all, services)
  const pace = paces()
  const stalls = watchStalls(clock)
  const read = queueReader(services)
  const withLimits = limitReader(services)
  const endingsOf = endingsReader(pace, stalls, services)
  const beginRuns = runBeginner(stalls, services)
  const endedOf = endedReader(queue)
  const rangesOf = rangeReader()
  const cancel = canceller(services)

  const writer =
    (lease: Lease) =>
    async (now: QueueNow, changes: readonly Change[]): Promise<QueueNow> => {
      if (changes.length === 0) return now
      const written = await queue.append(changes, lease)
      announce(written, services)
      return withChanges(now, written)
    }

  const tick = async (lease: Lease, isLastCall: boolean): Promise<TickReport> => {
    const write = writer(lease)
    const before = await read()
    await workers.adopt(await withLimits(describedFleets(before.tasks, standing)))
    const lost = await workers.look(before.tasks)
    const well = [...workers.all.values()].filter((one) => lost.has(one.name))

    const told = await endingsOf(before.tasks, lost)
    let now = await write(before, told)
    const ended = await endedOf(before.tasks, told)
    await budget.look(now.tasks)
    now = await write(now, budget.ends(now.tasks))
    cancel(now.tasks)
    const time = clock.now()
    const settled = await settle(now, time, budget, write)
    now = settled.queue
    const { waiting, not } = settled.eligible

    for (const id of leavingNodes(now.tasks)) for (const one of workers.all.values()) one.leaving.add(id)
    await judgeNodes(well, ended)
    const ranges = await rangesOf(well, time)
    const holdings = holdingsOf(now.tasks)
    const cohorts = well.flatMap((one) => viewsOf(one, time, bootMs))
    const room = roomIn(well, ranges, waiting)
    const tasks = byName(now.tasks)
    const schedules = placeTasks({ now: time, waiting, cohorts, holdings, room }, tasks, pace, cloud.name)
    const { placements } = schedules
    await beginRuns(startsOf(placements, tasks, addressIn(workers.all), time), now.tasks, workers.all, lease)

    const wanting = [...waiting, ...leavingTasks(now.tasks)]
    const demand = { tasks: now.tasks, waiting: wanting, placements, holdings, ranges, bootMs, isLastCall }
    const means = await scaleFleets(well, demand, budget, services)
    await workers.retire(well)
    return {
      queue: now,
      not,
      schedules,
      fleets: workers.all,
      ranges,
      means,
      started: placements.length,
      ended: before.tasks.length - now.tasks.length,
    }
  }
  return { tick, stop: () => workers.stop() }
}
