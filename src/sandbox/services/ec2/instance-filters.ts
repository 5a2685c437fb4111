import type { Ec2Call } from './context.ts'
import type { FilterTable } from './input/filters.ts'
import { STATE_CODES } from './life/transitions.ts'
import type { Instance } from './state/instance.ts'
import { seen } from './state/lagged.ts'
import { hostnameOf } from './state/network.ts'

/** DescribeInstances' filters (botocore's ec2 model), but those of what no instance here can have. */
export function instanceFilters({ horizon, region, world }: Ec2Call): FilterTable<Instance> {
  const state = (instance: Instance) => seen(instance.state, horizon)
  /** What is terminated has let go of its network. */
  const live =
    <T>(read: (instance: Instance) => T) =>
    (instance: Instance): T | undefined =>
      state(instance).name === 'terminated' ? undefined : read(instance)
  const groupIds = live((instance) => instance.interfaces[0]?.groupIds.current ?? [])
  const groupNames = live((instance) =>
    (instance.interfaces[0]?.groupIds.current ?? []).map((id) => region.securityGroups.get(id)?.name),
  )
  return {
    architecture: (instance) => instance.image.architecture,
    'availability-zone': (instance) => instance.subnet.zone.name,
    'availability-zone-id': (instance) => instance.subnet.zone.id,
    'block-device-mapping.delete-on-termination': (instance) =>
      instance.volumes.map((one) => one.attachment?.deleteOnTermination),
    'block-device-mapping.device-name': (instance) => instance.volumes.map((one) => one.attachment?.device),
    'block-device-mapping.status': (instance) => instance.volumes.map(() => 'attached'),
    'block-device-mapping.volume-id': (instance) => instance.volumes.map((one) => one.id),
    'boot-mode': (instance) => instance.image.bootMode,
    'client-token': (instance) => instance.clientToken,
    'dns-name': () => undefined,
    'ebs-optimized': (instance) => instance.ebsOptimized,
    'ena-support': () => true,
    'group-id': groupIds,
    'group-name': groupNames,
    hypervisor: () => 'xen',
    'iam-instance-profile.arn': (instance) => instance.profile?.arn,
    'iam-instance-profile.id': (instance) => instance.profile?.id,
    'image-id': (instance) => instance.image.id,
    'instance-id': (instance) => instance.id,
    'instance-lifecycle': (instance) => (instance.purchase === 'on-demand' ? undefined : instance.purchase),
    'instance-state-code': (instance) => STATE_CODES[state(instance).name],
    'instance-state-name': (instance) => state(instance).name,
    'instance-type': (instance) => instance.type.InstanceType,
    'instance.group-id': groupIds,
    'instance.group-name': groupNames,
    'ip-address': () => undefined,
    'key-name': () => undefined,
    'launch-index': (instance) => instance.launchIndex,
    'launch-time': (instance) => new Date(instance.launchedAt),
    'metadata-options.http-endpoint': (instance) => instance.metadataOptions.httpEndpoint,
    'metadata-options.http-tokens': (instance) => instance.metadataOptions.httpTokens,
    'metadata-options.instance-metadata-tags': (instance) => instance.metadataOptions.instanceMetadataTags,
    'monitoring-state': (instance) => (instance.monitoring ? 'enabled' : 'disabled'),
    'network-interface.addresses.private-ip-address': live((instance) =>
      instance.interfaces.map((one) => one.privateIp),
    ),
    'network-interface.group-id': live((instance) => instance.interfaces.flatMap((one) => one.groupIds.current)),
    'network-interface.mac-address': live((instance) => instance.interfaces.map((one) => one.macAddress)),
    'network-interface.network-interface-id': live((instance) => instance.interfaces.map((one) => one.id)),
    'network-interface.private-dns-name': live((instance) =>
      instance.interfaces.map((one) => (one.privateIp === null ? undefined : hostnameOf(region.name, one.privateIp))),
    ),
    'network-interface.subnet-id': live((instance) => instance.interfaces.map((one) => one.subnetId)),
    'network-interface.vpc-id': live((instance) => instance.interfaces.map((one) => one.vpcId)),
    'owner-id': () => world.account,
    'placement-group-name': (instance) => instance.placementGroup?.name,
    'placement-partition-number': (instance) => instance.partition,
    platform: () => undefined,
    'platform-details': () => 'Linux/UNIX',
    'private-dns-name': live((instance) => instance.hostname),
    'private-ip-address': live((instance) => instance.privateIp),
    reason: (instance) => state(instance).transition,
    'reservation-id': (instance) => instance.reservationId,
    'root-device-name': (instance) => instance.rootDeviceName,
    'root-device-type': () => 'ebs',
    'source-dest-check': live((instance) => instance.interfaces[0]?.sourceDestCheck),
    'spot-instance-request-id': (instance) => instance.spotRequestId,
    'state-reason-code': (instance) => state(instance).reason?.code,
    'state-reason-message': (instance) => state(instance).reason?.message,
    'subnet-id': live((instance) => instance.subnet.id),
    tenancy: () => 'default',
    'usage-operation': () => 'RunInstances',
    'virtualization-type': () => 'hvm',
    'vpc-id': live((instance) => instance.subnet.vpcId),
  }
}
