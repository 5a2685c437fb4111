import {
  CancelDataRepositoryTaskCommand,
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeDataRepositoryAssociationsCommand,
  ListTagsForResourceCommand,
  UpdateDataRepositoryAssociationCommand,
} from '@aws-sdk/client-fsx'
import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { GROUP, PORTS_GROUP, SUBNET, refusalOf, until } from './fsx-bench.ts'

import { withFileSystem } from './links-bench.ts'

describe('what is refused', () => {
  it('associations that overlap, or whose bucket is not there', async () => {
    const world = await withFileSystem()
    await world.link('/ns1', 's3://data/one')
    const refused = async (path: string, to: string) => (await refusalOf(world.link(path, to)))?.['message']
    expect(await refused('/ns1/ns2', 's3://data/two')).toContain("overlaps with '/ns1'")
    expect(await refused('/', 's3://data/two')).toContain('overlaps')
    expect(await refused('/ns2', 's3://data/one/more')).toContain("overlaps with 's3://data/one'")
    expect(await refused('/ns2', 's3://nobodys-bucket/x')).toContain('unable to validate access to the S3 bucket')
    expect(await refused('ns2', 's3://data/two')).toContain('must begin with a slash')
    expect(await refused('/../x', 's3://data/two')).toContain('not valid')
    for (let n = 2; n <= 8; n += 1) await world.link(`/n${n}`, `s3://data/n${n}`)
    expect(await refusalOf(world.link('/n9', 's3://data/n9'))).toMatchObject({ name: 'ServiceLimitExceeded' })
  })

  it('a second task beside the first, tasks without a link, and the deletion of a file system meanwhile', async () => {
    const world = await withFileSystem({ pace: { repositoryTaskMs: 300 } })
    expect((await refusalOf(world.begin()))?.['message']).toContain('not linked to a data repository')
    await world.link('/a', 's3://data/a')
    expect((await refusalOf(world.begin({ Paths: ['b'] })))?.['message']).toContain("'b' is in no data repository")
    const outside = {
      Enabled: true,
      Path: 's3://data/elsewhere',
      Format: 'REPORT_CSV_20191124',
      Scope: 'FAILED_FILES_ONLY',
    } as const
    expect((await refusalOf(world.begin({ Report: outside })))?.['message']).toContain('report path')
    const first = await world.begin()
    expect(first.DataRepositoryTask).toMatchObject({
      Lifecycle: 'PENDING',
      TaskId: expect.stringMatching(/^task-[0-9a-f]{17}$/),
    })
    expect(await refusalOf(world.begin())).toMatchObject({ name: 'DataRepositoryTaskExecuting' })
    const remove = () => world.fsx.send(new DeleteFileSystemCommand({ FileSystemId: world.id }))
    expect(await refusalOf(remove())).toMatchObject({ name: 'BadRequest', message: expect.stringContaining('PENDING') })
    const TaskId = first.DataRepositoryTask?.TaskId ?? ''
    await world.fsx.send(new CancelDataRepositoryTaskCommand({ TaskId }))
    expect((await world.ended(TaskId))?.Lifecycle).toBe('CANCELED')
    expect(await refusalOf(world.fsx.send(new CancelDataRepositoryTaskCommand({ TaskId })))).toMatchObject({
      name: 'DataRepositoryTaskEnded',
    })
    expect(await remove()).toMatchObject({ Lifecycle: 'DELETING' })
    expect((await world.fsx.send(new DescribeDataRepositoryAssociationsCommand({}))).Associations).toEqual([])
  })

  it('another request under a token that was used; the same one finds what it made', async () => {
    const world = await withFileSystem()
    const first = await world.link('/a', 's3://data/a', { ClientRequestToken: 't1', Tags: [{ Key: 'k', Value: 'v' }] })
    const again = await world.link('/a', 's3://data/a', { ClientRequestToken: 't1', Tags: [{ Key: 'k', Value: 'v' }] })
    expect(again?.AssociationId).toBe(first?.AssociationId)
    const tags = await world.fsx.send(new ListTagsForResourceCommand({ ResourceARN: first?.ResourceARN }))
    expect(tags.Tags).toEqual([{ Key: 'k', Value: 'v' }])
    const other = await refusalOf(world.link('/b', 's3://data/b', { ClientRequestToken: 't1' }))
    expect(other).toMatchObject({ name: 'IncompatibleParameterError', Parameter: expect.any(String) })
    const task = await world.run({ ClientRequestToken: 't2' })
    expect((await world.begin({ ClientRequestToken: 't2' })).DataRepositoryTask?.TaskId).toBe(task?.TaskId)
    expect(await refusalOf(world.begin({ ClientRequestToken: 't2', Paths: ['a'] }))).toMatchObject({
      name: 'IncompatibleParameterError',
    })
  })

  it('policies that it would not follow, and an EFA file system behind a group that lets only some ports through', async () => {
    const world = await withFileSystem()
    const policy = { S3: { AutoExportPolicy: { Events: ['NEW'] } } }
    expect((await refusalOf(world.link('/a', 's3://data/a', policy)))?.['message']).toContain('AutoExportPolicy')
    const efa = (SecurityGroupIds: string[], StorageCapacity: number) =>
      world.fsx.send(
        new CreateFileSystemCommand({
          FileSystemType: 'LUSTRE',
          StorageCapacity,
          SubnetIds: [SUBNET],
          SecurityGroupIds,
          LustreConfiguration: {
            DeploymentType: 'PERSISTENT_2',
            PerUnitStorageThroughput: 1000,
            MetadataConfiguration: { Mode: 'AUTOMATIC' },
            EfaEnabled: true,
          },
        }),
      )
    expect((await refusalOf(efa([PORTS_GROUP], 4800)))?.['message']).toContain('EFA-enabled')
    expect((await refusalOf(efa([GROUP], 2400)))?.['message']).toContain('multiple of 4800')
    expect((await efa([GROUP], 4800)).FileSystem?.LustreConfiguration).toMatchObject({ EfaEnabled: true })
  })
})

it('an association whose bucket goes is MISCONFIGURED, one that could not be made is FAILED; the chunk size can be changed', async () => {
  const world = await withFileSystem()
  await world.s3.send(new CreateBucketCommand({ Bucket: 'doomed' }))
  const linked = await world.link('/a', 's3://doomed/x')
  const AssociationId = linked?.AssociationId ?? ''
  const update = new UpdateDataRepositoryAssociationCommand({ AssociationId, ImportedFileChunkSize: 2048 })
  expect((await world.fsx.send(update)).Association).toMatchObject({
    Lifecycle: 'UPDATING',
    ImportedFileChunkSize: 2048,
  })
  await until(
    () => world.association(AssociationId),
    (seen) => seen?.Lifecycle === 'AVAILABLE',
  )
  await world.s3.send(new DeleteBucketCommand({ Bucket: 'doomed' }))
  expect((await world.association(AssociationId))?.Lifecycle).toBe('MISCONFIGURED')
  world.world.faults.add({ kind: 'link-fails', count: 1 })
  expect(await world.link('/b', 's3://data/b')).toMatchObject({
    Lifecycle: 'FAILED',
    FailureDetails: { Message: expect.stringMatching(/\w/) },
  })
})
