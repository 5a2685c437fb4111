import { GetCommandInvocationCommand, ListCommandInvocationsCommand, type CommandInvocation } from '@aws-sdk/client-ssm'
import type { RemoteResult } from '../../ports/remote-exec.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import { poll } from '../poll.ts'
import type { Ssm } from './ssm.ts'

/** Where a command stands on every node; AWS may not list all of them at first. */
export async function invocations(ssm: Ssm, commandId: string): Promise<ReadonlyMap<string, CommandInvocation>> {
  const all = await allPages(async (NextToken) => {
    const input = { CommandId: commandId, MaxResults: 50, NextToken }
    const page = await ssm.send(new ListCommandInvocationsCommand(input))
    return { items: page.CommandInvocations, next: page.NextToken }
  })
  return new Map(all.map((one) => [one.InstanceId ?? '', one]))
}

/** The outcome of an invocation that has ended; null while it goes on. */
export function outcomeOf(
  invocation: Pick<CommandInvocation, 'Status' | 'StatusDetails'>,
): RemoteResult['outcome'] | null {
  // The documentation writes `Execution Timed Out`, the answers `ExecutionTimedOut`.
  const details = (invocation.StatusDetails ?? '').replaceAll(' ', '')
  if (UNDELIVERED.has(details)) return 'undelivered'
  switch (invocation.Status) {
    case 'Success':
      return 'success'
    case 'Failed':
      return 'failed'
    case 'TimedOut':
      return 'timed-out'
    case 'Cancelled':
      return 'cancelled'
    case 'Cancelling':
    case 'Delayed':
    case 'InProgress':
    case 'Pending':
    case undefined:
    default:
      return null
  }
}

const UNDELIVERED: ReadonlySet<string> = new Set([
  'DeliveryTimedOut',
  'Undeliverable',
  'Terminated',
  'InvalidPlatform',
  'AccessDenied',
  'RateExceeded',
  'LimitExceeded',
])

/** The exit code and what AWS keeps of the output. */
export async function resultOf(
  ssm: Ssm,
  commandId: string,
  nodeId: string,
  outcome: RemoteResult['outcome'],
): Promise<RemoteResult> {
  if (outcome === 'undelivered') return nothing(nodeId, outcome)
  const input = { CommandId: commandId, InstanceId: nodeId }
  const found = await poll(ssm.settings, 10_000, async () => {
    try {
      return await ssm.send(new GetCommandInvocationCommand(input))
    } catch (error) {
      if (isAwsClass(error, 'gone')) return undefined
      throw error
    }
  })
  return {
    nodeId,
    outcome,
    exitCode: found?.ResponseCode ?? -1,
    stdout: found?.StandardOutputContent ?? '',
    stderr: found?.StandardErrorContent ?? '',
  }
}

export function nothing(nodeId: string, outcome: RemoteResult['outcome']): RemoteResult {
  return { nodeId, outcome, exitCode: -1, stdout: '', stderr: '' }
}
