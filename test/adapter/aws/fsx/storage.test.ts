import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  FSxClient,
  type FileSystem,
} from '@aws-sdk/client-fsx'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectStorage } from '../../../../src/aws/fsx/storage.ts'
import { awsFailure, mockSettings } from '../settings.ts'
import { scratch } from '../../../fakes/scratch.ts'

const fsx = mockClient(FSxClient)
const spec = scratch()
const request = {
  fleet: 'f',
  action: 'a',
  token: 't'.repeat(64),
  spec,
  subnetId: 'subnet-1',
  securityGroupIds: ['sg-1'],
}
const system = (id: string, fleet: string, more: Partial<FileSystem> = {}): FileSystem => ({
  FileSystemId: id,
  FileSystemType: 'LUSTRE',
  Lifecycle: 'AVAILABLE',
  StorageCapacity: 1200,
  DNSName: `${id}.fsx.us-east-1.amazonaws.com`,
  LustreConfiguration: { MountName: 'abcdefgh' },
  CreationTime: new Date(5000),
  Tags: [{ Key: 'muster:fleet', Value: fleet }],
  ...more,
})

beforeEach(() => {
  fsx.reset()
  fsx.on(CreateFileSystemCommand).resolves({ FileSystem: { FileSystemId: 'fs-1' } })
  fsx.on(DescribeFileSystemsCommand).resolves({ FileSystems: [] })
})

describe('storage over FSx', () => {
  it('names what the defaults would get wrong', async () => {
    expect(await connectStorage(mockSettings()).create(request)).toEqual({ id: 'fs-1' })
    expect(fsx.commandCalls(CreateFileSystemCommand)[0]?.args[0].input).toEqual({
      FileSystemType: 'LUSTRE',
      FileSystemTypeVersion: '2.15',
      StorageCapacity: 1200,
      StorageType: 'SSD',
      SubnetIds: ['subnet-1'],
      SecurityGroupIds: ['sg-1'],
      ClientRequestToken: 't'.repeat(63),
      Tags: [
        { Key: 'Name', Value: 'muster-f' },
        { Key: 'muster:fleet', Value: 'f' },
        { Key: 'muster:action', Value: 'a' },
        { Key: 'muster:teardown', Value: 'delete' },
        { Key: 'muster:mount', Value: '/fsx' },
      ],
      LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
    })
  })

  it('gives persistent file systems their throughput', async () => {
    const persistent = {
      ...spec,
      deployment: 'PERSISTENT_2',
      throughputPerTiB: 250,
      metadata: 6000,
      compression: 'lz4',
      efa: true,
    } as const
    await connectStorage(mockSettings()).create({ ...request, spec: persistent })
    expect(fsx.commandCalls(CreateFileSystemCommand)[0]?.args[0].input.LustreConfiguration).toEqual({
      DeploymentType: 'PERSISTENT_2',
      PerUnitStorageThroughput: 250,
      DataCompressionType: 'LZ4',
      MetadataConfiguration: { Mode: 'USER_PROVISIONED', Iops: 6000 },
      EfaEnabled: true,
    })
  })

  it('sees those of the fleet alone, on all pages, in our words', async () => {
    fsx
      .on(DescribeFileSystemsCommand)
      .resolvesOnce({ FileSystems: [system('fs-1', 'f'), system('fs-2', 'g')], NextToken: 'more' })
      .resolvesOnce({ FileSystems: [], NextToken: 'still more' })
      .resolvesOnce({
        FileSystems: [
          system('fs-3', 'f', { Lifecycle: 'FAILED', FailureDetails: { Message: 'no room' } }),
          system('fs-4', 'f', { Lifecycle: 'UPDATING' }),
          system('fs-5', 'f', { Lifecycle: 'DELETING' }),
          system('fs-6', 'f', { FileSystemType: 'ONTAP' }),
        ],
      })
    const seen = await connectStorage(mockSettings()).observe('f')
    expect(seen.map((one) => [one.id, one.state, one.failure])).toEqual([
      ['fs-1', 'available', null],
      ['fs-3', 'failed', 'no room'],
      ['fs-4', 'available', null],
      ['fs-5', 'deleting', null],
    ])
    expect(seen[0]).toMatchObject({ mountName: 'abcdefgh', capacityGiB: 1200, createdAt: 5000 })
  })

  it('waits for the rules of a new security group, and not for ever', async () => {
    fsx
      .on(CreateFileSystemCommand)
      .rejectsOnce(awsFailure('InvalidNetworkSettings', 'port 988'))
      .resolvesOnce({ FileSystem: { FileSystemId: 'fs-1' } })
      .rejects(awsFailure('InvalidNetworkSettings', 'port 988'))
    const storage = connectStorage(mockSettings())
    expect(await storage.create(request)).toEqual({ id: 'fs-1' })
    await expect(storage.create(request)).rejects.toMatchObject({ code: 'CloudRefused' })
  })

  it('says which limit is met', async () => {
    fsx.on(CreateFileSystemCommand).rejects(awsFailure('ServiceLimitExceeded', 'too many'))
    await expect(connectStorage(mockSettings()).create(request)).rejects.toMatchObject({ code: 'QuotaExceeded' })
  })

  it('removes silently what is gone or going', async () => {
    const storage = connectStorage(mockSettings())
    fsx.on(DeleteFileSystemCommand).resolvesOnce({}).rejectsOnce(awsFailure('FileSystemNotFound'))
    await storage.remove('fs-1')
    await storage.remove('fs-1')
    fsx.on(DeleteFileSystemCommand).rejects(awsFailure('BadRequest', 'not in this state'))
    fsx
      .on(DescribeFileSystemsCommand)
      .resolvesOnce({ FileSystems: [system('fs-1', 'f', { Lifecycle: 'DELETING' })] })
      .resolvesOnce({ FileSystems: [system('fs-1', 'f')] })
    await storage.remove('fs-1')
    await expect(storage.remove('fs-1')).rejects.toMatchObject({ code: 'CloudRefused' })
  })
})
