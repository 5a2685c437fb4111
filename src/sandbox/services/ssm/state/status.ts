/**
 * The life of one invocation (a command on one node). `details` tells apart what AWS folds into one status. What a late or
 * second report would change in a finished invocation is dropped by the table, not by the reporters.
 */
export type InvocationStatus =
  'Pending' | 'Delayed' | 'InProgress' | 'Cancelling' | 'Success' | 'Cancelled' | 'TimedOut' | 'Failed'

const NEXT: Readonly<Record<InvocationStatus, readonly InvocationStatus[]>> = {
  Pending: ['Delayed', 'InProgress', 'Cancelled', 'TimedOut', 'Failed'],
  Delayed: ['Pending', 'InProgress', 'Cancelled', 'TimedOut', 'Failed'],
  // Back to Delayed where the agent went away before it took the script.
  InProgress: ['Delayed', 'Cancelling', 'Success', 'Cancelled', 'TimedOut', 'Failed'],
  Cancelling: ['Success', 'Cancelled', 'TimedOut', 'Failed'],
  Success: [],
  Cancelled: [],
  TimedOut: [],
  Failed: [],
}

export function mayBecome(from: InvocationStatus, to: InvocationStatus): boolean {
  return NEXT[from].includes(to)
}

export function isTerminal(status: InvocationStatus): boolean {
  return NEXT[status].length === 0
}

/** A status and what it means exactly, as `StatusDetails` spells it in answers (without spaces). */
export interface Verdict {
  readonly status: InvocationStatus
  readonly details: string
}

export const verdict = (status: InvocationStatus, details: string = status): Verdict => ({ status, details })

export const DELIVERY_TIMED_OUT = verdict('TimedOut', 'DeliveryTimedOut')
export const EXECUTION_TIMED_OUT = verdict('TimedOut', 'ExecutionTimedOut')
/** The node is gone before the command reached it. */
export const UNDELIVERABLE = verdict('Failed', 'Undeliverable')
/** More errors than MaxErrors: the remaining nodes never get it. */
export const TERMINATED = verdict('Cancelled', 'Terminated')
