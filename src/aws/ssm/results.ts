import { GetCommandInvocationCommand, ListCommandInvocationsCommand, type CommandInvocation } from '@aws-sdk/client-ssm'
import type { RemoteResult } from '../../ports/remote-exec.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import { poll } from '../poll.ts'
import type { Ssm } from './ssm.ts'

/**
 * Where a command stands on every node, with what short scripts printed: one call for 50 nodes, where GetCommandInvocation is
 * one a node. AWS may not list all of them at first.
 */
export async function invocations(ssm: Ssm, commandId: string): Promise<ReadonlyMap<string, CommandInvocation>> {
  const all = await allPages(async (NextToken) => {
    const input = { CommandId: commandId, Details: true, MaxResults: 50, NextToken }
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

/**
 * What a listing shows of a script that succeeded, where that is all of it. `Output` is stdout, then a title and stderr, cut to
 * some 2,400 characters together (amazon-ssm-agent, iohandler.go): null where anything may be missing or mixed.
 */
export function shownResult(invocation: CommandInvocation, outcome: RemoteResult['outcome']): RemoteResult | null {
  const [plugin, ...others] = invocation.CommandPlugins ?? []
  const { Output: output, ResponseCode: exitCode } = plugin ?? {}
  if (outcome !== 'success' || others.length > 0 || output === undefined || exitCode === undefined) return null
  if (output.length >= SURELY_WHOLE || output.includes(ERROR_TITLE)) return null
  return { nodeId: invocation.InstanceId ?? '', outcome, exitCode, stdout: output, stderr: '' }
}

const SURELY_WHOLE = 2_000
const ERROR_TITLE = '----------ERROR-------'

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
