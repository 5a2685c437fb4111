import type { CreateFileSystemCommandInput, CreateFileSystemLustreConfiguration } from '@aws-sdk/client-fsx'
import type { NewStorage } from '../../core/fleet/storage-spec.ts'
import type { StorageRequest } from '../../ports/storage.ts'
import { fleetTags, TAG, tagList } from '../tags.ts'

/** What a fleet's file system is made from. FSx's defaults are traps, so nothing that matters is left to them. */
export function fileSystemInput(request: StorageRequest): CreateFileSystemCommandInput {
  const { spec } = request
  return {
    FileSystemType: 'LUSTRE',
    // Left out it would be 2.10, which today's Lustre clients cannot mount.
    FileSystemTypeVersion: '2.15',
    StorageCapacity: spec.capacityGiB,
    StorageType: 'SSD',
    SubnetIds: [request.subnetId],
    SecurityGroupIds: [...request.securityGroupIds],
    // FSx takes one character less than EC2.
    ClientRequestToken: request.token.slice(0, 63),
    Tags: [...fleetTags(request.fleet, request.action, request.tags), ...tagList(contractTags(spec))],
    LustreConfiguration: lustre(spec),
  }
}

/** The contract stays with the file system: whoever takes it down may have another muster.yaml, or none. */
function contractTags({ onTeardown, exportTo, imports, mountPoint }: NewStorage): Record<string, string> {
  return {
    [TAG.teardown]: onTeardown,
    [TAG.mount]: mountPoint,
    ...(exportTo === null ? {} : { [TAG.exportTo]: exportTo }),
    ...(imports.length === 0 ? {} : { [TAG.imports]: String(imports.length) }),
  }
}

function lustre(spec: NewStorage): CreateFileSystemLustreConfiguration {
  const { deployment, throughputPerTiB, compression, metadata, efa } = spec
  const persistent = deployment === 'PERSISTENT_2'
  return {
    DeploymentType: deployment,
    ...(persistent ? { PerUnitStorageThroughput: throughputPerTiB ?? 125 } : {}),
    ...(compression === 'lz4' ? { DataCompressionType: 'LZ4' } : {}),
    ...(persistent && metadata !== null ? { MetadataConfiguration: metadataOf(metadata) } : {}),
    ...(efa ? { EfaEnabled: true } : {}),
  }
}

function metadataOf(metadata: number | 'automatic') {
  if (metadata === 'automatic') return { Mode: 'AUTOMATIC' as const }
  return { Mode: 'USER_PROVISIONED' as const, Iops: metadata }
}
