import { exhaustive } from '../../../kit/exhaustive.ts'
import { AwsError } from '../../aws-error.ts'
import { listOf, members, oneOf, text } from '../json/shape.ts'
import type { Read } from '../json/shape.ts'
import { RUN_SHELL_SCRIPT } from './documents.ts'
import type { Verdict } from './state/status.ts'

/** The filters of ListCommands and ListCommandInvocations (keys in lower case, unlike everywhere else). */
export const FILTERS = listOf(
  members(
    {
      key: oneOf('InvokedAfter', 'InvokedBefore', 'Status', 'ExecutionStage', 'DocumentName'),
      value: text({ max: 128, min: 1 }),
    },
    {},
  ),
  { max: 5, min: 1 },
)

export interface Filterable extends Verdict {
  readonly requestedAt: number
}

export const COMMAND_STATUSES = [
  'Pending',
  'InProgress',
  'Success',
  'Cancelled',
  'Failed',
  'TimedOut',
  'AccessDenied',
  'DeliveryTimedOut',
  'ExecutionTimedOut',
  'Incomplete',
  'NoInstancesInTag',
  'LimitExceeded',
]
export const INVOCATION_STATUSES = [
  'Pending',
  'InProgress',
  'Delayed',
  'Success',
  'Cancelled',
  'Failed',
  'TimedOut',
  'AccessDenied',
  'DeliveryTimedOut',
  'ExecutionTimedOut',
  'Undeliverable',
  'InvalidPlatform',
  'Terminated',
]

const STAGES: Readonly<Record<string, readonly string[]>> = {
  Executing: ['Pending', 'InProgress', 'Cancelling'],
  Complete: ['Success', 'Cancelled', 'Failed', 'TimedOut'],
}

/** All filters in one test. Throws ValidationException for a value, InvalidFilterKey for a key, that the operation does not take. */
export function filterOf(
  filters: Read<typeof FILTERS> | undefined,
  statuses: readonly string[],
): (item: Filterable) => boolean {
  const tests = (filters ?? []).map(({ key, value }) => testOf(key, value, statuses))
  return (item) => tests.every((test) => test(item))
}

function testOf(
  key: Read<typeof FILTERS>[number]['key'],
  value: string,
  statuses: readonly string[],
): (item: Filterable) => boolean {
  switch (key) {
    case 'InvokedAfter': {
      const after = timeOf(value)
      return ({ requestedAt }) => requestedAt >= after
    }
    case 'InvokedBefore': {
      const before = timeOf(value)
      return ({ requestedAt }) => requestedAt <= before
    }
    case 'Status':
      if (!statuses.includes(value)) throw invalid(`'${value}' is not a status; valid are ${statuses.join(', ')}.`)
      return ({ status, details }) => status === value || details === value
    case 'ExecutionStage': {
      if (statuses !== COMMAND_STATUSES) throw new AwsError('InvalidFilterKey', 'ExecutionStage filters commands only.')
      const stage = STAGES[value]
      if (!stage) throw invalid(`'${value}' is not an execution stage; valid are Executing and Complete.`)
      return ({ status }) => stage.includes(status)
    }
    case 'DocumentName':
      return () => value === RUN_SHELL_SCRIPT
    default:
      return exhaustive(key)
  }
}

function timeOf(value: string): number {
  const time = Date.parse(value)
  if (Number.isNaN(time)) throw invalid(`'${value}' is not a timestamp such as 2024-07-07T00:00:00Z.`)
  return time
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message)
}
