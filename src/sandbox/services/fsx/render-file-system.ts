import type { World } from '../../world.ts'
import type { AdministrativeAction, FileSystem } from './state/file-system.ts'

export function arnOf({ id, region }: FileSystem, { account }: World): string {
  return `arn:aws:fsx:${region}:${account}:file-system/${id}`
}

export function renderTags(tags: ReadonlyMap<string, string>): object[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }))
}

/** A file system as every operation shows it. Security groups are not shown, as on AWS: ask EC2 for the interfaces. */
export function renderFileSystem(fileSystem: FileSystem, world: World): object {
  const { plan, capacityGiB, failure, kmsKeyId, actions } = fileSystem
  return {
    OwnerId: world.account,
    CreationTime: fileSystem.createdAt / 1000,
    FileSystemId: fileSystem.id,
    FileSystemType: 'LUSTRE',
    Lifecycle: fileSystem.lifecycle,
    ...(failure === null ? {} : { FailureDetails: { Message: failure } }),
    ...(capacityGiB === null ? {} : { StorageCapacity: capacityGiB }),
    StorageType: plan.storageType,
    VpcId: fileSystem.vpcId,
    SubnetIds: [fileSystem.subnetId],
    NetworkInterfaceIds: fileSystem.interfaces.map(({ id }) => id),
    DNSName: fileSystem.dnsName,
    ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
    ResourceARN: arnOf(fileSystem, world),
    Tags: renderTags(fileSystem.tags),
    LustreConfiguration: {
      ...fileSystem.settings,
      DeploymentType: plan.deployment,
      MountName: fileSystem.mountName,
    },
    ...(actions.length === 0 ? {} : { AdministrativeActions: actions.map(renderAction) }),
    FileSystemTypeVersion: plan.version,
    NetworkType: fileSystem.networkType,
  }
}

function renderAction({ requestedAt, status, capacityGiB }: AdministrativeAction): object {
  return {
    AdministrativeActionType: 'FILE_SYSTEM_UPDATE',
    RequestTime: requestedAt / 1000,
    Status: status,
    TargetFileSystemValues: { StorageCapacity: capacityGiB },
  }
}
