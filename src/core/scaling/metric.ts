import { limitOf } from '../scheduling/cohort-book.ts'
import type { ScalingInput, Unserved } from './input.ts'
import type { ScalingMetric } from './policy.ts'

/** A metric as it is now. A fleet without nodes is taken for one of one node, so that work that waits always counts. */
export function metricOf(metric: ScalingMetric, { nodes, waiting, coresPerNode }: ScalingInput): number {
  const size = Math.max(1, nodes.length)
  const values: Readonly<Record<ScalingMetric, () => number>> = {
    backlog: () => waiting.reduce((sum, task) => sum + nodeHours(task, coresPerNode), 0) / size,
    waiting: () => waiting.length / size,
    busy: () => (nodes.length === 0 ? Math.min(1, waiting.length) : nodes.filter((node) => node.isBusy).length / size),
  }
  return values[metric]()
}

/** Nodes that a task takes: a part of one where it shares it. */
export function nodesOf({ nodes, cores }: Unserved, coresPerNode: number): number {
  return cores === null ? nodes : cores / Math.max(1, coresPerNode)
}

function nodeHours(task: Unserved, coresPerNode: number): number {
  return (nodesOf(task, coresPerNode) * limitOf(task.limitMs)) / 3_600_000
}
