import type { World } from '../../../world.ts'
import { renderTags } from '../render-file-system.ts'
import type { Association } from './association.ts'
import type { Task } from './task.ts'

export function associationArn({ id, region, fileSystemId }: Association, { account }: World): string {
  return `arn:aws:fsx:${region}:${account}:association/${fileSystemId}/${id}`
}

export function taskArn({ id, region }: Task, { account }: World): string {
  return `arn:aws:fsx:${region}:${account}:task/${id}`
}

/** An association whose bucket has gone is MISCONFIGURED, whatever it was. */
export function renderAssociation(association: Association, world: World): object {
  const isLost = world.directories.objects?.bucket(association.place.bucket) === undefined
  const lifecycle = association.lifecycle === 'AVAILABLE' && isLost ? 'MISCONFIGURED' : association.lifecycle
  const failure = association.failure ?? (lifecycle === 'MISCONFIGURED' ? 'The bucket does not exist.' : null)
  return {
    AssociationId: association.id,
    ResourceARN: associationArn(association, world),
    FileSystemId: association.fileSystemId,
    Lifecycle: lifecycle,
    ...(failure === null ? {} : { FailureDetails: { Message: failure } }),
    FileSystemPath: association.path,
    DataRepositoryPath: association.repository,
    BatchImportMetaDataOnCreate: association.batchImport,
    ImportedFileChunkSize: association.chunkMiB,
    S3: {},
    Tags: renderTags(association.tags),
    CreationTime: association.createdAt / 1000,
  }
}

export function renderTask(task: Task, world: World): object {
  const { progress, startedAt, endedAt, failure } = task
  return {
    TaskId: task.id,
    Lifecycle: task.lifecycle,
    Type: task.type,
    CreationTime: task.createdAt / 1000,
    ...(startedAt === null ? {} : { StartTime: startedAt / 1000 }),
    ...(endedAt === null ? {} : { EndTime: endedAt / 1000 }),
    ResourceARN: taskArn(task, world),
    Tags: renderTags(task.tags),
    FileSystemId: task.fileSystemId,
    Paths: task.paths,
    ...(failure === null ? {} : { FailureDetails: { Message: failure } }),
    Status: {
      TotalCount: progress.total,
      SucceededCount: progress.succeeded,
      FailedCount: progress.failed,
      LastUpdatedTime: (endedAt ?? world.clock.now()) / 1000,
    },
    Report: task.report,
  }
}
