import type { DataRepositoryAssociation, DataRepositoryTask, FileSystem } from '@aws-sdk/client-fsx'
import {
  dataFromTag,
  type ObservedLink,
  type ObservedStorage,
  type ObservedTask,
  type StorageContract,
} from '../../core/fleet/observed-storage.ts'
import { TAG, tagValue } from '../tags.ts'

/** FSx's description in our words. A change under way (UPDATING) does not keep anybody from mounting. */
export function observedStorage(
  system: FileSystem,
  links: readonly DataRepositoryAssociation[] = [],
  tasks: readonly DataRepositoryTask[] = [],
): ObservedStorage {
  const state = stateOf(system.Lifecycle)
  return {
    id: system.FileSystemId ?? '',
    fleet: tagValue(system.Tags, TAG.fleet),
    state,
    failure: state === 'failed' ? (system.FailureDetails?.Message ?? system.Lifecycle ?? 'failed') : null,
    ...addressOf(system),
    capacityGiB: system.StorageCapacity ?? 0,
    deployment: deploymentOf(system),
    createdAt: system.CreationTime?.getTime() ?? 0,
    contract: contractOf(system),
    links: links.map(observedLink),
    tasks: tasks.map(observedTask).toSorted((a, b) => a.createdAt - b.createdAt),
  }
}

function addressOf({ DNSName, SubnetIds, LustreConfiguration: lustre }: FileSystem) {
  return {
    dnsName: DNSName ?? '',
    mountName: lustre?.MountName ?? '',
    throughputPerTiB: lustre?.PerUnitStorageThroughput ?? null,
    subnetId: SubnetIds?.[0] ?? '',
  }
}

/** What no tag speaks of (an older muster's) is deleted, as that muster did. */
function contractOf({ Tags }: FileSystem): StorageContract {
  const teardown = tagValue(Tags, TAG.teardown)
  return {
    onTeardown: teardown === 'export' || teardown === 'keep' ? teardown : 'delete',
    exportTo: tagValue(Tags, TAG.exportTo),
    mountPoint: tagValue(Tags, TAG.mount),
    imports: Number(tagValue(Tags, TAG.imports) ?? 0),
    data: dataFromTag(tagValue(Tags, TAG.data)),
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

function observedLink(link: DataRepositoryAssociation): ObservedLink {
  const { Lifecycle, FailureDetails } = link
  const isUp = Lifecycle === 'AVAILABLE' || Lifecycle === 'UPDATING'
  const isBroken = Lifecycle === 'FAILED' || Lifecycle === 'MISCONFIGURED' || Lifecycle === 'DELETING'
  return {
    id: link.AssociationId ?? '',
    path: link.FileSystemPath ?? '/',
    repository: (link.DataRepositoryPath ?? '').replace(/\/$/, ''),
    state: isUp ? 'available' : isBroken ? 'failed' : 'creating',
    failure: isBroken ? (FailureDetails?.Message ?? Lifecycle) : null,
  }
}

function observedTask(task: DataRepositoryTask): ObservedTask & { readonly createdAt: number } {
  const { TotalCount = 0, SucceededCount = 0, FailedCount = 0 } = task.Status ?? {}
  return {
    id: task.TaskId ?? '',
    kind: KINDS[task.Type ?? ''] ?? 'other',
    state: STATES[task.Lifecycle ?? ''] ?? 'active',
    stamp: tagValue(task.Tags, TAG.flush),
    paths: task.Paths ?? [],
    total: TotalCount,
    succeeded: SucceededCount,
    failed: FailedCount,
    failure: task.FailureDetails?.Message ?? null,
    createdAt: task.CreationTime?.getTime() ?? 0,
  }
}

const KINDS: Readonly<Record<string, ObservedTask['kind']>> = {
  EXPORT_TO_REPOSITORY: 'export',
  IMPORT_METADATA_FROM_REPOSITORY: 'import',
}

/** PENDING, EXECUTING and CANCELING are active: the file system takes no other task then. */
const STATES: Readonly<Record<string, ObservedTask['state']>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELED: 'cancelled',
}
