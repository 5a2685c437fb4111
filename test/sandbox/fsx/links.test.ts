import { chmod, lstat, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DeleteDataRepositoryAssociationCommand, DescribeDataRepositoryTasksCommand } from '@aws-sdk/client-fsx'
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { refusalOf, until } from './fsx-bench.ts'

import { withFileSystem } from './links-bench.ts'

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
