import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  UpdateFileSystemCommand,
} from '@aws-sdk/client-fsx'
import type { CreateFileSystemCommandInput } from '@aws-sdk/client-fsx'
import { expect, it } from 'vitest'
import { GROUP, SUBNET, refusalOf, startFsx, until } from './fsx-bench.ts'

const scratch: CreateFileSystemCommandInput = {
  FileSystemType: 'LUSTRE',
  FileSystemTypeVersion: '2.15',
  StorageCapacity: 1200,
  SubnetIds: [SUBNET],
  SecurityGroupIds: [GROUP],
  LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
  Tags: [{ Key: 'muster:fleet', Value: 'hpc' }],
}

it('a file system is created, mounted, deleted, and then gone with its data', async () => {
  const sandbox = await startFsx({ pace: { fileSystemMs: 100, fileSystemDeletingMs: 100 } })
  const { fsx, home } = sandbox
  const lustre = sandbox.world.directories.fileSystems
  const { FileSystem: made } = await fsx.send(new CreateFileSystemCommand(scratch))
  const id = made?.FileSystemId ?? ''
  const dnsName = `${id}.fsx.us-east-1.amazonaws.com`
  const mountName = made?.LustreConfiguration?.MountName ?? ''
  expect(made).toMatchObject({
    FileSystemId: expect.stringMatching(/^fs-[0-9a-f]{17}$/),
    Lifecycle: 'CREATING',
    StorageCapacity: 1200,
    StorageType: 'SSD',
    VpcId: 'vpc-0',
    SubnetIds: [SUBNET],
    DNSName: dnsName,
    ResourceARN: `arn:aws:fsx:us-east-1:000000000000:file-system/${id}`,
    FileSystemTypeVersion: '2.15',
    LustreConfiguration: { DeploymentType: 'SCRATCH_2', MountName: expect.stringMatching(/^[a-z2-7]{8}$/) },
    Tags: scratch.Tags,
  })
  expect(made?.CreationTime?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(made?.NetworkInterfaceIds).toHaveLength(2)
  expect(sandbox.interfaces.size).toBe(2)
  expect(lustre?.mount(dnsName, mountName)).toEqual({ refusal: 'Input/output error' })

  const describe = async () =>
    (await fsx.send(new DescribeFileSystemsCommand({ FileSystemIds: [id] }))).FileSystems?.[0]
  await until(describe, (seen) => seen?.Lifecycle === 'AVAILABLE')
  expect(lustre?.mount(dnsName, 'wrong')).toEqual({ refusal: 'No such file or directory' })
  expect(lustre?.mount(`fs-0.${dnsName}`, mountName)).toEqual({ refusal: 'Input/output error' })
  expect(lustre?.mount(dnsName, mountName)).toEqual({ path: join(home, 'fsx', id) })

  await writeFile(join(home, 'precious'), 'kept')
  await mkdir(join(home, 'fsx', id, 'jobs', 'a'), { recursive: true })
  await symlink(home, join(home, 'fsx', id, 'jobs', 'a', 'link'))
  const deleted = await fsx.send(new DeleteFileSystemCommand({ FileSystemId: id }))
  expect(deleted).toMatchObject({ FileSystemId: id, Lifecycle: 'DELETING' })
  expect(await describe()).toMatchObject({ Lifecycle: 'DELETING' })
  expect(lustre?.mount(dnsName, mountName)).toEqual({ refusal: 'Input/output error' })
  const gone = await until(
    () => refusalOf(describe()),
    (refusal) => refusal !== undefined,
  )
  expect(gone).toMatchObject({ name: 'FileSystemNotFound', message: `File system '${id}' does not exist.` })
  expect(await readdir(join(home, 'fsx'))).toEqual([])
  expect(await readFile(join(home, 'precious'), 'utf8')).toBe('kept')
  expect(sandbox.interfaces.size).toBe(0)
})

it('a scripted fault ends it in FAILED, and it can be deleted', async () => {
  const sandbox = await startFsx()
  sandbox.world.faults.add({ kind: 'storage-fails', count: 1 })
  const { FileSystem: made } = await sandbox.fsx.send(new CreateFileSystemCommand(scratch))
  const FileSystemIds = [made?.FileSystemId ?? '']
  const describe = async () =>
    (await sandbox.fsx.send(new DescribeFileSystemsCommand({ FileSystemIds }))).FileSystems?.[0]
  const failed = await until(describe, (seen) => seen?.Lifecycle !== 'CREATING')
  expect(failed).toMatchObject({
    Lifecycle: 'FAILED',
    FailureDetails: { Message: expect.stringContaining('capacity') },
  })
  await sandbox.fsx.send(new DeleteFileSystemCommand({ FileSystemId: FileSystemIds[0] }))
  await until(
    () => refusalOf(describe()),
    (refusal) => refusal?.name === 'FileSystemNotFound',
  )
})

it('grows', async () => {
  const sandbox = await startFsx()
  const { FileSystem: made } = await sandbox.fsx.send(new CreateFileSystemCommand(scratch))
  const FileSystemId = made?.FileSystemId ?? ''
  const describe = async () =>
    (await sandbox.fsx.send(new DescribeFileSystemsCommand({ FileSystemIds: [FileSystemId] }))).FileSystems?.[0]
  await until(describe, (seen) => seen?.Lifecycle === 'AVAILABLE')
  const grow = (StorageCapacity: number) =>
    sandbox.fsx.send(new UpdateFileSystemCommand({ FileSystemId, StorageCapacity }))
  expect(await refusalOf(grow(3600))).toMatchObject({ name: 'BadRequest' })
  expect((await grow(4800)).FileSystem).toMatchObject({ Lifecycle: 'UPDATING', StorageCapacity: 1200 })
  const grown = await until(describe, (seen) => seen?.Lifecycle === 'AVAILABLE')
  expect(grown).toMatchObject({ StorageCapacity: 4800, AdministrativeActions: [{ Status: 'COMPLETED' }] })
})

it('closing removes the data, and a new start what a killed sandbox left', async () => {
  const sandbox = await startFsx()
  const stale = join(sandbox.home, 'fsx', 'fs-00000000000000000')
  await mkdir(stale, { recursive: true })
  const { createFsx } = await import('../../../src/sandbox/services/fsx/service.ts')
  await createFsx(sandbox.world).sweep?.()
  expect(existsSync(stale)).toBe(false)
  const { FileSystem: made } = await sandbox.fsx.send(new CreateFileSystemCommand(scratch))
  const folder = join(sandbox.home, 'fsx', made?.FileSystemId ?? '')
  expect(existsSync(folder)).toBe(true)
  await sandbox.close()
  expect(existsSync(folder)).toBe(false)
})
