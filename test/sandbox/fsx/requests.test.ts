import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  paginateDescribeFileSystems,
} from '@aws-sdk/client-fsx'
import type { CreateFileSystemCommandInput } from '@aws-sdk/client-fsx'
import { describe, expect, it } from 'vitest'
import { CLOSED_GROUP, FOREIGN_GROUP, GROUP, SUBNET, refusalOf, startFsx } from './fsx-bench.ts'

const scratch: CreateFileSystemCommandInput = {
  FileSystemType: 'LUSTRE',
  StorageCapacity: 1200,
  SubnetIds: [SUBNET],
  SecurityGroupIds: [GROUP],
  LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
}

describe('CreateFileSystem refuses', () => {
  const other = 'subnet-0123456789abcdef1'
  it.each<[string, Partial<CreateFileSystemCommandInput>, object]>([
    ['no subnet', { SubnetIds: [] }, { name: 'BadRequest', message: expect.stringContaining('exactly one subnet') }],
    ['two subnets', { SubnetIds: [SUBNET, other] }, { name: 'BadRequest', message: expect.stringContaining('not 2') }],
    ['an unknown subnet', { SubnetIds: [other] }, { name: 'InvalidNetworkSettings', InvalidSubnetId: other }],
    [
      'what is no subnet',
      { SubnetIds: ['x'] },
      { name: 'BadRequest', message: expect.stringContaining("'subnetIds' failed to satisfy constraint") },
    ],
    [
      'a group without Lustre',
      { SecurityGroupIds: [CLOSED_GROUP] },
      {
        name: 'InvalidNetworkSettings',
        message: expect.stringContaining('do not permit Lustre LNET network traffic on port 988'),
      },
    ],
    [
      'a group of another network',
      { SecurityGroupIds: [FOREIGN_GROUP] },
      { name: 'InvalidNetworkSettings', InvalidSecurityGroupId: FOREIGN_GROUP },
    ],
    ['another kind', { FileSystemType: 'OPENZFS' }, { name: 'BadRequest', message: expect.stringContaining('LUSTRE') }],
    [
      'the settings of another kind',
      { OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_1', ThroughputCapacity: 64 } },
      { name: 'BadRequest', message: expect.stringContaining('OpenZFSConfiguration') },
    ],
    ['a token with spaces', { ClientRequestToken: 'a b' }, { name: 'BadRequest' }],
    [
      'a wrong size',
      { StorageCapacity: 3600 },
      { name: 'BadRequest', message: 'Invalid Lustre FS storage capacity: 3600. Must be 1200 or a multiple of 2400.' },
    ],
    [
      'a throughput for scratch',
      { LustreConfiguration: { DeploymentType: 'SCRATCH_2', PerUnitStorageThroughput: 125 } },
      { name: 'InvalidPerUnitStorageThroughput' },
    ],
    [
      'an enum value',
      { StorageType: 'FLOPPY' as 'SSD' },
      { name: 'BadRequest', message: expect.stringContaining('enum value set: [SSD, HDD, INTELLIGENT_TIERING]') },
    ],
    ['a reserved tag', { Tags: [{ Key: 'aws:x', Value: '' }] }, { name: 'BadRequest' }],
    [
      'a link to S3',
      { LustreConfiguration: { ImportPath: 's3://bucket' } },
      { name: 'BadRequest', message: expect.stringContaining('ImportPath') },
    ],
  ])('%s', async (_, change, refusal) => {
    const sandbox = await startFsx()
    expect(await refusalOf(sandbox.fsx.send(new CreateFileSystemCommand({ ...scratch, ...change })))).toMatchObject(
      refusal,
    )
    expect(sandbox.interfaces.size).toBe(0)
    expect((await sandbox.fsx.send(new DescribeFileSystemsCommand({}))).FileSystems).toEqual([])
  })
})

it('a request repeated under its token makes one file system; another under the same token is refused', async () => {
  const sandbox = await startFsx()
  const create = (change: object = {}) =>
    sandbox.fsx.send(new CreateFileSystemCommand({ ...scratch, ClientRequestToken: 'one', ...change }))
  const made = await Promise.all([create(), create(), create()])
  expect(new Set(made.map(({ FileSystem }) => FileSystem?.FileSystemId)).size).toBe(1)
  expect(await refusalOf(create({ StorageCapacity: 2400 }))).toMatchObject({
    name: 'IncompatibleParameterError',
    Parameter: 'StorageCapacity',
  })
  await create({ ClientRequestToken: 'two' })
  expect((await sandbox.fsx.send(new DescribeFileSystemsCommand({}))).FileSystems).toHaveLength(2)
})

it('lists in pages, and refuses unknown ids and tokens', async () => {
  const sandbox = await startFsx()
  const ids: (string | undefined)[] = []
  for (let count = 0; count < 5; count += 1) {
    ids.push((await sandbox.fsx.send(new CreateFileSystemCommand(scratch))).FileSystem?.FileSystemId)
  }
  const pages: (string | undefined)[][] = []
  for await (const page of paginateDescribeFileSystems({ client: sandbox.fsx, pageSize: 2 }, {})) {
    pages.push((page.FileSystems ?? []).map(({ FileSystemId }) => FileSystemId))
  }
  expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
  const describe1 = (input: object) => refusalOf(sandbox.fsx.send(new DescribeFileSystemsCommand(input)))
  expect(await describe1({ FileSystemIds: [ids[0], 'fs-00000000000000000'] })).toMatchObject({
    name: 'FileSystemNotFound',
  })
  expect(await describe1({ NextToken: 'bm90aGluZw==' })).toMatchObject({ name: 'BadRequest' })
  expect(await describe1({ MaxResults: 0 })).toMatchObject({ name: 'BadRequest' })
  expect(
    await refusalOf(sandbox.fsx.send(new DeleteFileSystemCommand({ FileSystemId: 'fs-00000000000000000' }))),
  ).toMatchObject({ name: 'FileSystemNotFound' })
})

it('keeps tags', async () => {
  const sandbox = await startFsx()
  const { FileSystem: made } = await sandbox.fsx.send(new CreateFileSystemCommand(scratch))
  const ResourceARN = made?.ResourceARN ?? ''
  const tags = async () => (await sandbox.fsx.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags
  const tag = (arn: string) =>
    sandbox.fsx.send(
      new TagResourceCommand({
        ResourceARN: arn,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '' },
        ],
      }),
    )
  await tag(ResourceARN)
  expect(await tags()).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '' },
  ])
  await sandbox.fsx.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a', 'c'] }))
  expect(await tags()).toEqual([{ Key: 'b', Value: '' }])
  expect(await refusalOf(tag(`${ResourceARN}0`))).toMatchObject({ name: 'ResourceNotFound' })
  expect(await refusalOf(tag('arn:aws:ec2:us-east-1:000000000000:instance/i-0'))).toMatchObject({
    name: 'NotServiceResourceError',
  })
})
