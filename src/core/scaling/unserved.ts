import { inQueueOrder } from '../scheduling/order.ts'
import type { Waiting } from '../scheduling/input.ts'

/** What a cohort has for tasks that come: nodes that are idle, or boot. */
export interface Supply {
  readonly cohort: string
  readonly nodes: number
}

/**
 * The tasks that no idle or booting node will take, in the order of the queue: what a fleet has to grow for. Nodes that are busy are
 * not counted on, however soon they may be free: nobody knows.
 */
export function unservedOf(waiting: readonly Waiting[], supply: readonly Supply[], coresPerNode: number): Waiting[] {
  const free = supply.map(({ nodes }) => ({ nodes, cores: 0 }))
  return waiting.toSorted(inQueueOrder).filter((task) => !serve(task, free, coresPerNode))
}

function serve(task: Waiting, free: { nodes: number; cores: number }[], coresPerNode: number): boolean {
  const cores = task.cores
  const beside = cores === null ? undefined : free.find((cohort) => cohort.cores >= cores)
  if (beside && cores !== null) {
    beside.cores -= cores
    return true
  }
  // The cohort that it fills best: large ones stay for large tasks.
  let best: { nodes: number; cores: number } | null = null
  for (const cohort of free) {
    if (cohort.nodes >= task.nodes && (best === null || cohort.nodes < best.nodes)) best = cohort
  }
  if (!best) return false
  best.nodes -= task.nodes
  if (cores !== null) best.cores = Math.max(best.cores, coresPerNode - cores)
  return true
}
