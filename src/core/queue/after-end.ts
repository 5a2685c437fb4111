import type { RetryPolicy } from './queued-job.ts'
import type { EndCause, TaskEvent } from './task-event.ts'
import { lastAttempt, type TaskView } from './task-view.ts'

/** Ten seconds, doubled with each attempt, ten minutes at most: a node that is broken or a licence server that is full needs time. */
const FIRST_WAIT_MS = 10_000
const LONGEST_WAIT_MS = 600_000

/**
 * What follows an attempt that has ended: back to the queue, or the end. Spot takes a node without anybody's fault, so such a task
 * goes on as soon as there is room. Null where its last attempt has not ended, or has been dealt with.
 */
export function afterEnd(view: TaskView, retries: RetryPolicy, at: number): TaskEvent | null {
  const last = lastAttempt(view)
  if (last === null || last.endedAt === null || last.outcome === null) return null
  if (view.state !== 'placed' && view.state !== 'running') return null
  const { attempt, outcome, exitCode, message, cause, node } = last
  if (!view.cancelAsked && cause !== null && mayRetry(view, cause, retries)) {
    return { type: 'requeued', at, attempt, notBefore: at + waitMs(view, cause), cause, node }
  }
  return { type: 'finished', at, outcome, exitCode, message }
}

/** Whether a task that runs would be begun again if Spot took its node now. */
export function survivesSpot(view: TaskView, retries: RetryPolicy): boolean {
  return !view.cancelAsked && endedBy(view, 'spot') < retries.spot
}

function mayRetry(view: TaskView, cause: EndCause, retries: RetryPolicy): boolean {
  if (cause === 'time-limit' || cause === 'cancelled') return false
  return endedBy(view, cause) <= retries[cause]
}

/** How many of its attempts that count have ended so. */
function endedBy({ attempts, forgiven }: TaskView, cause: EndCause): number {
  return attempts.slice(forgiven).filter((attempt) => attempt.cause === cause).length
}

function waitMs(view: TaskView, cause: EndCause): number {
  if (cause === 'spot') return 0
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (endedBy(view, cause) - 1))
}
