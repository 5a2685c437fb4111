import { chmod, lstat, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CancelDataRepositoryTaskCommand,
  CreateDataRepositoryAssociationCommand,
  CreateDataRepositoryTaskCommand,
  CreateFileSystemCommand,
  DeleteDataRepositoryAssociationCommand,
  DeleteFileSystemCommand,
  DescribeDataRepositoryAssociationsCommand,
  DescribeDataRepositoryTasksCommand,
  DescribeFileSystemsCommand,
  ListTagsForResourceCommand,
  UpdateDataRepositoryAssociationCommand,
  type CreateDataRepositoryTaskCommandInput,
} from '@aws-sdk/client-fsx'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { GROUP, PORTS_GROUP, SUBNET, refusalOf, startFsx, until } from './fsx-bench.ts'

async function withFileSystem(options: Parameters<typeof startFsx>[0] = {}) {
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

describe('importing', () => {
  it('makes files of objects, below the linked folder, with what S3 knows of them', async () => {
    const world = await withFileSystem()
    await world.put('in/a.txt', 'first')
    await world.put('in/deep/er/b.txt', 'second')
    await world.put('input-of-others', 'not mine')
    const linked = await world.link('/data', 's3://data/in/')
    expect(linked).toMatchObject({
      AssociationId: expect.stringMatching(/^dra-[0-9a-f]{17}$/),
      FileSystemId: world.id,
      Lifecycle: 'AVAILABLE',
      FileSystemPath: '/data',
      DataRepositoryPath: 's3://data/in/',
      ImportedFileChunkSize: 1024,
    })
    const task = await world.run({ Type: 'IMPORT_METADATA_FROM_REPOSITORY' })
    expect(task).toMatchObject({ Lifecycle: 'SUCCEEDED', Status: { TotalCount: 2, SucceededCount: 2, FailedCount: 0 } })
    expect(await readFile(join(world.folder, 'data/a.txt'), 'utf8')).toBe('first')
    expect(await readFile(join(world.folder, 'data/deep/er/b.txt'), 'utf8')).toBe('second')
    expect((await lstat(join(world.folder, 'data/a.txt'))).mode & 0o777).toBe(0o755)
  })

  it('begins by itself where the association was asked to', async () => {
    const world = await withFileSystem()
    await world.put('in/a.txt', 'first')
    await world.link('/data', 's3://data/in', { BatchImportMetaDataOnCreate: true })
    await until(
      async () => (await world.fsx.send(new DescribeDataRepositoryTasksCommand({}))).DataRepositoryTasks?.[0],
      (task) => task?.Lifecycle === 'SUCCEEDED',
    )
    expect(await readFile(join(world.folder, 'data/a.txt'), 'utf8')).toBe('first')
  })

  it('writes nothing outside of the file system, whatever keys and links say', async () => {
    const world = await withFileSystem()
    await mkdir(join(world.home, 'outside'))
    await mkdir(join(world.folder, 'data'))
    await symlink(join(world.home, 'outside'), join(world.folder, 'data/way'))
    await world.put('in/way/out.txt', 'x')
    await world.put('in//twice', 'x')
    await world.put('in/good', 'x')
    await world.link('/data', 's3://data/in')
    const task = await world.run({ Type: 'IMPORT_METADATA_FROM_REPOSITORY' })
    expect(task).toMatchObject({ Lifecycle: 'FAILED', Status: { SucceededCount: 1, FailedCount: 2 } })
    await expect(lstat(join(world.home, 'outside/out.txt'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('exporting', () => {
  it('copies what is new or changed, byte for byte, with modes, folders and links, and nothing twice', async () => {
    const world = await withFileSystem()
    await mkdir(join(world.folder, 'out'))
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
    await writeFile(join(world.folder, 'out/big.bin'), bytes)
    await writeFile(join(world.folder, 'empty'), '')
    await chmod(join(world.folder, 'empty'), 0o640)
    await symlink('out/big.bin', join(world.folder, 'link'))
    await world.link('/', 's3://data/results')
    expect(await world.run()).toMatchObject({ Lifecycle: 'SUCCEEDED', Status: { TotalCount: 4, SucceededCount: 4 } })
    expect(await world.keys()).toEqual(['results/empty', 'results/link', 'results/out/', 'results/out/big.bin'])
    const object = await world.s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'results/out/big.bin' }))
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(bytes)
    const head = await world.s3.send(new HeadObjectCommand({ Bucket: 'data', Key: 'results/empty' }))
    expect(head.Metadata).toMatchObject({ 'user-agent': 'aws-fsx-lustre', 'file-permissions': '0100640' })
    expect(await world.get('results/link')).toBe('out/big.bin')

    expect(await world.run()).toMatchObject({ Lifecycle: 'SUCCEEDED', Status: { TotalCount: 0 } })
    await writeFile(join(world.folder, 'empty'), 'not any more')
    expect(await world.run()).toMatchObject({ Status: { TotalCount: 1, SucceededCount: 1 } })
    expect(await world.get('results/empty')).toBe('not any more')
  })

  it('takes only the paths that are named, each to where its folder is linked, and brings links back as links', async () => {
    const world = await withFileSystem()
    await mkdir(join(world.folder, 'a/sub'), { recursive: true })
    await mkdir(join(world.folder, 'b'))
    await writeFile(join(world.folder, 'a/one'), '1')
    await writeFile(join(world.folder, 'a/sub/two'), '2')
    await symlink('one', join(world.folder, 'a/sub/three'))
    await writeFile(join(world.folder, 'b/four'), '4')
    await world.link('/a', 's3://data/for-a')
    await world.link('/b', 's3://data/for-b')
    await world.run({ Paths: ['a/sub'] })
    expect(await world.keys()).toEqual(['for-a/sub/', 'for-a/sub/three', 'for-a/sub/two'])
    await world.run({ Paths: ['b'] })
    expect(await world.get('for-b/four')).toBe('4')
    const other = await world.link('/c', 's3://data/elsewhere')
    expect(other?.Lifecycle).toBe('AVAILABLE')
    await world.fsx.send(new DeleteDataRepositoryAssociationCommand({ AssociationId: other?.AssociationId }))
    await until(
      () => refusalOf(world.association(other?.AssociationId ?? '')),
      (refusal) => refusal?.name === 'DataRepositoryAssociationNotFound',
    )
    await writeFile(join(world.folder, 'a/sub/two'), 'changed here')
    await world.put('for-a/sub/two', 'changed there')
    await world.run({ Type: 'IMPORT_METADATA_FROM_REPOSITORY', Paths: ['s3://data/for-a/sub'] })
    expect(await readFile(join(world.folder, 'a/sub/two'), 'utf8')).toBe('changed there')
    expect(await readlink(join(world.folder, 'a/sub/three'))).toBe('one')
  })

  it('does not follow links out of the file system', async () => {
    const world = await withFileSystem()
    await writeFile(join(world.home, 'secret'), 'secret')
    await symlink(world.home, join(world.folder, 'way'))
    await world.link('/', 's3://data/all')
    await world.run()
    expect(await world.keys()).toEqual(['all/way'])
    expect(await world.get('all/way')).toBe(world.home)
  })

  it('says which files failed, in the task and in the report, and takes them up again', async () => {
    const world = await withFileSystem()
    for (const name of ['a', 'b', 'c']) await writeFile(join(world.folder, name), name)
    await world.link('/', 's3://data/all')
    world.world.faults.add({ kind: 'transfer-fails', count: 1, files: 2 })
    const report = {
      Enabled: true,
      Path: 's3://data/all/reports',
      Format: 'REPORT_CSV_20191124',
      Scope: 'FAILED_FILES_ONLY',
    } as const
    const task = await world.run({ Report: report })
    expect(task).toMatchObject({
      Lifecycle: 'FAILED',
      Status: { TotalCount: 3, SucceededCount: 1, FailedCount: 2 },
      FailureDetails: { Message: expect.stringContaining('2 files') },
    })
    expect(await world.get(`all/reports/${task?.TaskId}/failures.csv`)).toContain('"a","FAILED"')
    expect(await world.run()).toMatchObject({ Lifecycle: 'SUCCEEDED', Status: { TotalCount: 2 } })
  })
})

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
