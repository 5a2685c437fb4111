import type { Waiting } from './input.ts'

/** Higher priority first, then first come, then the place in the job; by name last, so that there is always one order. */
export function inQueueOrder(a: Waiting, b: Waiting): number {
  return b.priority - a.priority || a.submittedAt - b.submittedAt || a.index - b.index || byName(a.task, b.task)
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
