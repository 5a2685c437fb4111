import type { CreateFileSystemCommandInput } from '@aws-sdk/client-fsx'
import type { StorageRequest } from '../../ports/storage.ts'
import { fleetTags } from '../tags.ts'

/** What a fleet's file system is made from. FSx's defaults are traps, so nothing that matters is left to them. */
export function fileSystemInput(request: StorageRequest): CreateFileSystemCommandInput {
  const { spec } = request
  const throughput = spec.deployment === 'PERSISTENT_2' ? (spec.throughputPerTiB ?? 125) : null
  return {
    FileSystemType: 'LUSTRE',
    // Left out it would be 2.10, which today's Lustre clients cannot mount.
    FileSystemTypeVersion: '2.15',
    StorageCapacity: spec.capacityGiB,
    StorageType: 'SSD',
    SubnetIds: [request.subnetId],
    SecurityGroupIds: [request.securityGroupId],
    // FSx takes one character less than EC2.
    ClientRequestToken: request.token.slice(0, 63),
    Tags: fleetTags(request.fleet, request.action, request.tags),
    LustreConfiguration: {
      DeploymentType: spec.deployment,
      ...(throughput === null ? {} : { PerUnitStorageThroughput: throughput }),
    },
  }
}
