import type { Command, Invocation } from './command.ts'
import { isTerminal, verdict } from './status.ts'
import type { Verdict } from './status.ts'

/** What ListCommands tells of a command as a whole. */
export interface Summary extends Verdict {
  readonly completed: number
  readonly errors: number
  readonly deliveryTimedOut: number
}

/** Failed and ExecutionTimedOut count against MaxErrors; what was never delivered does not. */
export function isError({ verdict: { details } }: Invocation): boolean {
  return details === 'Failed' || details === 'ExecutionTimedOut'
}

export function summaryOf(command: Command): Summary {
  const { invocations } = command
  const count = (matches: (invocation: Invocation) => boolean): number => invocations.filter(matches).length
  const completed = count((each) => isTerminal(each.verdict.status))
  return {
    ...(completed === invocations.length ? ended(command) : underWay(command)),
    completed,
    errors: count(isError),
    deliveryTimedOut: count((each) => each.verdict.details === 'DeliveryTimedOut'),
  }
}

function underWay({ cancelled, invocations }: Command): Verdict {
  if (cancelled) return verdict('Cancelling')
  const untouched = invocations.every(({ verdict: { status } }) => status === 'Pending')
  return verdict(untouched ? 'Pending' : 'InProgress')
}

/** The order is that of the user guide's table: a limit that was passed first, then the rest. */
function ended({ cancelled, errorsAllowed, invocations }: Command): Verdict {
  const are = (details: string): number => invocations.filter((each) => each.verdict.details === details).length
  if (invocations.length === 0) return verdict('Success', 'NoInstancesInTag')
  if (are('Success') === invocations.length) return verdict('Success')
  if (cancelled && are('Cancelled') > 0) return verdict('Cancelled')
  const failed = are('Failed')
  const late = are('ExecutionTimedOut')
  if (failed + late > errorsAllowed) {
    return failed > 0 ? verdict('Failed') : verdict('TimedOut', 'ExecutionTimedOut')
  }
  if (are('DeliveryTimedOut') > errorsAllowed) return verdict('TimedOut', 'DeliveryTimedOut')
  if (are('Undeliverable') === invocations.length) return verdict('Failed')
  // Undeliverable nodes do not make the difference between Success and Incomplete (the model's StatusDetails).
  if (are('Success') + are('Undeliverable') === invocations.length) return verdict('Success')
  return verdict('Failed', 'Incomplete')
}
