import { compareText } from '../../kit/compare-text.ts'
import type { Waiting } from './input.ts'

/** Higher priority first, then first come, then the place in the job; by name last, so that there is always one order. */
export function inQueueOrder(a: Waiting, b: Waiting): number {
  return b.priority - a.priority || a.submittedAt - b.submittedAt || a.index - b.index || compareText(a.task, b.task)
}
