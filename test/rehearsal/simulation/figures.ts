import { HOUR, type SimulatedTask } from './load.ts'

/** What a policy brought. Waiting times in seconds. */
export interface Figures {
  readonly waitMeanS: number
  readonly wait95S: number
  readonly paidNodeHours: number
  readonly usedNodeHours: number
  /** Launches and endings. */
  readonly actions: number
  /** The most nodes at one time, and those that were left in the end. */
  readonly peak: number
  readonly left: number
  /** How the fleet's size went: time, nodes, tasks that ran. */
  readonly sizes: readonly (readonly [number, number, number])[]
  /** When each task began, in milliseconds since the epoch. */
  readonly started: ReadonlyMap<string, number>
}

interface Counted {
  readonly paidMs: number
  readonly actions: number
  readonly peak: number
  readonly left: number
  readonly sizes: Figures['sizes']
}

export function figuresOf(
  tasks: readonly SimulatedTask[],
  started: ReadonlyMap<string, number>,
  { paidMs, ...counted }: Counted,
  { coresPerNode }: { readonly coresPerNode: number },
): Figures {
  const waits = tasks
    .map(({ task, submittedAt }) => (started.get(task)! - submittedAt) / 1000)
    .toSorted((a, b) => a - b)
  const used = tasks.reduce(
    (sum, { nodes, cores, runMs }) => sum + (cores === null ? nodes : cores / coresPerNode) * runMs,
    0,
  )
  return {
    waitMeanS: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
    wait95S: waits[Math.max(0, Math.ceil(waits.length * 0.95) - 1)] ?? 0,
    paidNodeHours: paidMs / HOUR,
    usedNodeHours: used / HOUR,
    ...counted,
    started,
  }
}
