import { PLUGIN_NAME, RUN_SHELL_SCRIPT } from './documents.ts'
import { seconds } from './input.ts'
import type { Command, Invocation } from './state/command.ts'
import { pluginOutput } from './state/output.ts'
import { isTerminal } from './state/status.ts'

/** An invocation as ListCommandInvocations shows it; the plugins only with Details. */
export function renderInvocation(command: Command, invocation: Invocation, details: boolean, region: string): object {
  return {
    CommandId: command.id,
    InstanceId: invocation.instanceId,
    InstanceName: invocation.instanceName,
    Comment: command.comment,
    DocumentName: RUN_SHELL_SCRIPT,
    DocumentVersion: command.documentVersion,
    RequestedDateTime: seconds(command.requestedAt),
    Status: invocation.verdict.status,
    StatusDetails: invocation.verdict.details,
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: details ? [renderPlugin(command, invocation, region)] : [],
    ServiceRole: command.stored.serviceRole,
    NotificationConfig: command.stored.notification,
    CloudWatchOutputConfig: command.stored.cloudWatch,
  }
}

function renderPlugin(command: Command, invocation: Invocation, region: string): object {
  const { startedAt, endedAt } = invocation
  const { bucket, keyPrefix } = command.stored
  return {
    Name: PLUGIN_NAME,
    ...pluginVerdict(invocation),
    ResponseCode: invocation.exitCode,
    ...(startedAt === null ? {} : { ResponseStartDateTime: seconds(startedAt) }),
    ...(endedAt === null || startedAt === null ? {} : { ResponseFinishDateTime: seconds(endedAt) }),
    Output: pluginOutput(invocation.stdout, invocation.stderr),
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    OutputS3Region: region,
    OutputS3BucketName: bucket,
    OutputS3KeyPrefix:
      bucket === ''
        ? ''
        : [keyPrefix, command.id, invocation.instanceId, 'awsrunShellScript'].filter(Boolean).join('/'),
  }
}

/** A plugin has no Delayed and no Cancelling. */
function pluginVerdict({ verdict: { status, details } }: Invocation): object {
  if (status === 'Delayed') return { Status: 'Pending', StatusDetails: 'Pending' }
  if (status === 'Cancelling') return { Status: 'InProgress', StatusDetails: 'InProgress' }
  return { Status: status, StatusDetails: details }
}

/** What GetCommandInvocation tells more; output only of what succeeded or failed, as the model's StandardOutputContent says. */
export function renderResult(command: Command, invocation: Invocation): object {
  const { startedAt, endedAt, verdict } = invocation
  const ended = startedAt !== null && endedAt !== null && isTerminal(verdict.status)
  const hasOutput = verdict.status === 'Success' || verdict.status === 'Failed'
  return {
    CommandId: command.id,
    InstanceId: invocation.instanceId,
    Comment: command.comment,
    DocumentName: RUN_SHELL_SCRIPT,
    DocumentVersion: command.documentVersion,
    PluginName: PLUGIN_NAME,
    ResponseCode: invocation.exitCode,
    ExecutionStartDateTime: startedAt === null ? '' : new Date(startedAt).toISOString(),
    ExecutionElapsedTime: ended ? `PT${(endedAt - startedAt) / 1000}S` : '',
    ExecutionEndDateTime: ended ? new Date(endedAt).toISOString() : '',
    Status: verdict.status,
    StatusDetails: verdict.details,
    StandardOutputContent: hasOutput ? invocation.stdout : '',
    StandardOutputUrl: '',
    StandardErrorContent: hasOutput ? invocation.stderr : '',
    StandardErrorUrl: '',
    CloudWatchOutputConfig: command.stored.cloudWatch,
  }
}
