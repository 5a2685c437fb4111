import type { FileSystem } from '@aws-sdk/client-fsx'
import type { ObservedStorage } from '../../core/fleet/observed.ts'

/** FSx's description in our words. A change under way (UPDATING) does not keep anybody from mounting. */
export function observedStorage(system: FileSystem): ObservedStorage {
  const state = stateOf(system.Lifecycle)
  return {
    id: system.FileSystemId ?? '',
    state,
    failure: state === 'failed' ? (system.FailureDetails?.Message ?? system.Lifecycle ?? 'failed') : null,
    dnsName: system.DNSName ?? '',
    mountName: system.LustreConfiguration?.MountName ?? '',
    capacityGiB: system.StorageCapacity ?? 0,
    deployment: deploymentOf(system),
    throughputPerTiB: system.LustreConfiguration?.PerUnitStorageThroughput ?? null,
    createdAt: system.CreationTime?.getTime() ?? 0,
  }
}

function deploymentOf({ LustreConfiguration: lustre }: FileSystem): ObservedStorage['deployment'] {
  const type = lustre?.DeploymentType
  return type === 'SCRATCH_2' || type === 'PERSISTENT_2' ? type : null
}

function stateOf(lifecycle: FileSystem['Lifecycle']): ObservedStorage['state'] {
  switch (lifecycle) {
    case 'AVAILABLE':
    case 'UPDATING':
      return 'available'
    case 'FAILED':
    case 'MISCONFIGURED':
    case 'MISCONFIGURED_UNAVAILABLE':
      return 'failed'
    case 'DELETING':
      return 'deleting'
    case 'CREATING':
    case undefined:
    default:
      return 'creating'
  }
}
