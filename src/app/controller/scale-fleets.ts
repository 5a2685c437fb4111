import type { Holding, Placement, Waiting } from '../../core/scheduling/input.ts'
import type { NodeRange } from '../../core/scaling/range-in-force.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Services } from '../services.ts'
import type { Budget, Means } from './budget.ts'
import type { FleetWorker } from './fleet-worker.ts'
import { heldIn } from './held-nodes.ts'
import { unlessOnlyItsOwn } from './only-its-own.ts'
import { scaleWorker } from './scale-worker.ts'

/** What the fleets are to be scaled for. */
export interface Demand {
  readonly tasks: readonly QueuedTask[]
  /** All that could run, those too whose nodes are about to go. */
  readonly waiting: readonly Waiting[]
  readonly placements: readonly Placement[]
  readonly holdings: readonly Holding[]
  readonly ranges: ReadonlyMap<string, NodeRange>
  readonly bootMs: number
  /** Nobody works the queue any longer than it lasts. */
  readonly isLastCall: boolean
}

/** Takes each fleet towards the size that its policy wants. What each may still cost is the answer. */
export async function scaleFleets(
  fleets: readonly FleetWorker[],
  demand: Demand,
  budget: Budget,
  services: Services,
): Promise<ReadonlyMap<string, Means>> {
  const { tasks, waiting, placements, holdings, ranges, bootMs } = demand
  const placed = new Set(placements.map((one) => one.task))
  const means = new Map<string, Means>()
  for (const one of fleets) {
    const own = await budget.means(one)
    means.set(one.name, own)
    const taken = placements.filter(({ fleet }) => fleet === one.name).flatMap(({ nodeIds }) => nodeIds)
    const view = {
      left: waiting.filter((task) => task.fleet === one.name && !placed.has(task.task)),
      all: waiting,
      held: new Set([...heldIn(tasks, one.name), ...taken, ...one.others()]),
      holdings,
      isLastCall: demand.isLastCall && !isAwaited(tasks, one.name),
      bootMs,
      range: ranges.get(one.name)!,
      means: own,
    }
    await unlessOnlyItsOwn(one, () => scaleWorker(one, view, services))
  }
  return means
}

/** Whether a task of the fleet will still come: one that is begun again later, or waits for another. */
function isAwaited(tasks: readonly QueuedTask[], fleet: string): boolean {
  return tasks.some(({ view, job }) => job.fleet === fleet && view.state === 'waiting')
}
