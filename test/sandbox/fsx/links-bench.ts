import { join } from 'node:path'
import {
  CreateDataRepositoryAssociationCommand,
  CreateDataRepositoryTaskCommand,
  CreateFileSystemCommand,
  DescribeDataRepositoryAssociationsCommand,
  DescribeDataRepositoryTasksCommand,
  DescribeFileSystemsCommand,
  type CreateDataRepositoryTaskCommandInput,
} from '@aws-sdk/client-fsx'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { GROUP, SUBNET, startFsx, until } from './fsx-bench.ts'

/** A file system that is AVAILABLE and a bucket `data`, with what a test of links does with both. */
export async function withFileSystem(options: Parameters<typeof startFsx>[0] = {}) {
  const sandbox = await startFsx(options)
  const { fsx, s3, home } = sandbox
  await s3.send(new CreateBucketCommand({ Bucket: 'data' }))
  const made = await fsx.send(
    new CreateFileSystemCommand({
      FileSystemType: 'LUSTRE',
      FileSystemTypeVersion: '2.15',
      StorageCapacity: 1200,
      SubnetIds: [SUBNET],
      SecurityGroupIds: [GROUP],
      LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
    }),
  )
  const id = made.FileSystem?.FileSystemId ?? ''
  const folder = join(home, 'fsx', id)
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body }))
  const get = async (Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket: 'data', Key }))).Body?.transformToString()
  const keys = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket: 'data' }))).Contents?.map(({ Key }) => Key) ?? []
  await until(
    async () => (await fsx.send(new DescribeFileSystemsCommand({ FileSystemIds: [id] }))).FileSystems?.[0]?.Lifecycle,
    (lifecycle) => lifecycle === 'AVAILABLE',
  )
  const association = async (AssociationId: string) =>
    (await fsx.send(new DescribeDataRepositoryAssociationsCommand({ AssociationIds: [AssociationId] })))
      .Associations?.[0]
  const link = async (FileSystemPath: string, DataRepositoryPath: string, more = {}) => {
    const request = { FileSystemId: id, FileSystemPath, DataRepositoryPath, ...more }
    const answer = await fsx.send(new CreateDataRepositoryAssociationCommand(request))
    const associationId = answer.Association?.AssociationId ?? ''
    return until(
      () => association(associationId),
      (seen) => seen?.Lifecycle !== 'CREATING',
    )
  }
  const task = async (TaskId: string) =>
    (await fsx.send(new DescribeDataRepositoryTasksCommand({ TaskIds: [TaskId] }))).DataRepositoryTasks?.[0]
  const begin = (more: Partial<CreateDataRepositoryTaskCommandInput> = {}) =>
    fsx.send(
      new CreateDataRepositoryTaskCommand({
        FileSystemId: id,
        Type: 'EXPORT_TO_REPOSITORY',
        Report: { Enabled: false },
        ...more,
      }),
    )
  const ended = (TaskId: string) =>
    until(
      () => task(TaskId),
      (seen) => seen?.EndTime !== undefined,
    )
  const run = async (more: Partial<CreateDataRepositoryTaskCommandInput> = {}) =>
    ended((await begin(more)).DataRepositoryTask?.TaskId ?? '')
  return { ...sandbox, id, folder, put, get, keys, link, association, task, begin, ended, run }
}
