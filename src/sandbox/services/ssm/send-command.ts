import { randomUUID } from 'node:crypto'
import type { Operation } from '../../service.ts'
import { flag, integer, listOf, mapOf, members, oneOf, text } from '../json/shape.ts'
import type { Read } from '../json/shape.ts'
import { INSTANCE_ID, read } from './input.ts'
import { documentVersionOf } from './documents.ts'
import { renderCommand } from './render-command.ts'
import { scriptOf } from './script.ts'
import { createCommand } from './state/command.ts'
import type { StoredOptions } from './state/command.ts'
import type { SsmState } from './state/ssm-state.ts'
import { nodesOf } from './targets.ts'

/** SendCommand: runs AWS-RunShellScript on nodes by id or by tag. It has no client token: each call is a command of its own. */
export function sendCommand(state: SsmState): Operation {
  return {
    name: 'SendCommand',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const documentVersion = documentVersionOf(input.DocumentName, input.DocumentVersion, region)
      const nodes = nodesOf(state, region, input.InstanceIds ?? [], input.Targets ?? [])
      const { script, executionTimeoutMs } = scriptOf(input.Parameters ?? {})
      const request = {
        documentVersion: input.DocumentVersion === undefined ? '' : documentVersion,
        comment: input.Comment ?? '',
        parameters: input.Parameters ?? {},
        instanceIds: input.InstanceIds ?? [],
        targets: input.Targets ?? [],
        maxConcurrency: input.MaxConcurrency ?? '50',
        maxErrors: input.MaxErrors ?? '0',
        timeoutMs: (input.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
        executionTimeoutMs,
        script,
        stored: storedOptions(input),
      }
      const command = createCommand(request, { id: randomUUID(), region, now: state.world.clock.now() }, nodes)
      state.commands.add(command)
      // AWS's answer always says Pending; every count is 0 but, where nodes are named by id, TargetCount.
      const fresh = { Status: 'Pending', StatusDetails: 'Pending', TargetCount: request.instanceIds.length }
      const answer = { Command: { ...renderCommand(command), ...fresh } }
      state.dispatcher.start(command)
      return answer
    },
  }
}

/** User guide, "Command timeouts"; the model names no default. */
const DEFAULT_TIMEOUT_SECONDS = 3600

const TARGET = members(
  {},
  {
    Key: text({
      max: 163,
      min: 1,
      pattern: /^[\p{L}\p{Z}\p{N}_.:/=\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name/u,
    }),
    Values: listOf(text(), { max: 50, min: 0 }),
  },
)

const SHAPE = members(
  { DocumentName: text({ pattern: /^[a-zA-Z0-9_\-.:/]{3,128}$/ }) },
  {
    InstanceIds: listOf(INSTANCE_ID, { max: 50, min: 0 }),
    Targets: listOf(TARGET, { max: 5, min: 0 }),
    DocumentVersion: text({ pattern: /([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)/ }),
    TimeoutSeconds: integer({ most: 2_592_000, least: 30 }),
    Comment: text({ max: 100 }),
    Parameters: mapOf(listOf(text())),
    DocumentHash: text({ max: 256 }),
    DocumentHashType: oneOf('Sha256', 'Sha1'),
    AlarmConfiguration: members(
      { Alarms: listOf(members({ Name: text({ max: 255, min: 1, pattern: /^(?!\s*$).+/ }) }, {}), { max: 1, min: 1 }) },
      { IgnorePollAlarmFailure: flag() },
    ),
    OutputS3Region: text({ max: 20, min: 3 }),
    OutputS3BucketName: text({ max: 63, min: 3 }),
    OutputS3KeyPrefix: text({ max: 500 }),
    MaxConcurrency: text({ max: 7, min: 1, pattern: /^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$/ }),
    MaxErrors: text({ max: 7, min: 1, pattern: /^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$/ }),
    ServiceRoleArn: text(),
    NotificationConfig: members(
      {},
      {
        NotificationArn: text(),
        NotificationEvents: listOf(oneOf('All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed')),
        NotificationType: oneOf('Command', 'Invocation'),
      },
    ),
    CloudWatchOutputConfig: members(
      {},
      { CloudWatchLogGroupName: text({ max: 512, min: 1 }), CloudWatchOutputEnabled: flag() },
    ),
  },
)

/** What is shown again but has no effect here; absent members as the AWS CLI's examples show them. */
function storedOptions(input: Read<typeof SHAPE>): StoredOptions {
  return {
    bucket: input.OutputS3BucketName ?? '',
    keyPrefix: input.OutputS3KeyPrefix ?? '',
    serviceRole: input.ServiceRoleArn ?? '',
    notification: { NotificationArn: '', NotificationEvents: [], NotificationType: '', ...input.NotificationConfig },
    cloudWatch: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false, ...input.CloudWatchOutputConfig },
  }
}
