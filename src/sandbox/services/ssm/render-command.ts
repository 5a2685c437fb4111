import { seconds } from './input.ts'
import { RUN_SHELL_SCRIPT } from './documents.ts'
import type { Command } from './state/command.ts'
import { summaryOf } from './state/summary.ts'

/** A command as SendCommand and ListCommands show it (members and empty values as in the AWS CLI's examples). */
export function renderCommand(command: Command): object {
  const { status, details, completed, errors, deliveryTimedOut } = summaryOf(command)
  return {
    CommandId: command.id,
    DocumentName: RUN_SHELL_SCRIPT,
    DocumentVersion: command.documentVersion,
    Comment: command.comment,
    ExpiresAfter: seconds(command.expiresAt),
    Parameters: command.parameters,
    InstanceIds: command.instanceIds,
    Targets: command.targets,
    RequestedDateTime: seconds(command.requestedAt),
    Status: status,
    StatusDetails: details,
    OutputS3BucketName: command.stored.bucket,
    OutputS3KeyPrefix: command.stored.keyPrefix,
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: command.invocations.length,
    CompletedCount: completed,
    ErrorCount: errors,
    DeliveryTimedOutCount: deliveryTimedOut,
    ServiceRole: command.stored.serviceRole,
    NotificationConfig: command.stored.notification,
    CloudWatchOutputConfig: command.stored.cloudWatch,
    TimeoutSeconds: command.timeoutMs / 1000,
  }
}
