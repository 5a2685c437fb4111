import type { Ec2Call } from '../context.ts'
import { absent } from '../input/filters.ts'
import type { FilterTable } from '../input/filters.ts'
import type { SpotRequest } from '../state/spot-request.ts'
import { STATUS_WORDS } from './statuses.ts'

/** DescribeSpotInstanceRequests' filters: botocore's ec2 model. What a request launched is read from its instance while that is there. */
export function spotRequestFilters({ region }: Ec2Call): FilterTable<SpotRequest> {
  const instance = ({ instanceId }: SpotRequest) => region.instances.get(instanceId)
  const interfaces = (one: SpotRequest) => instance(one)?.interfaces ?? []
  const volumes = (one: SpotRequest) => instance(one)?.volumes ?? []
  const groups = (one: SpotRequest) => instance(one)?.interfaces[0]?.groupIds.current ?? []
  return {
    ...absent(
      'availability-zone-group',
      'fault-code',
      'fault-message',
      'launch-group',
      'launch.kernel-id',
      'launch.key-name',
      'launch.ramdisk-id',
      'valid-from',
    ),
    'create-time': (one) => new Date(one.createdAt),
    'instance-id': (one) => one.instanceId,
    'launch.block-device-mapping.delete-on-termination': (one) =>
      volumes(one).map(({ attachment }) => attachment?.deleteOnTermination),
    'launch.block-device-mapping.device-name': (one) => volumes(one).map(({ attachment }) => attachment?.device),
    'launch.block-device-mapping.snapshot-id': (one) => volumes(one).map(({ snapshotId }) => snapshotId),
    'launch.block-device-mapping.volume-size': (one) => volumes(one).map(({ sizeGiB }) => sizeGiB),
    'launch.block-device-mapping.volume-type': (one) => volumes(one).map(({ type }) => type),
    'launch.group-id': groups,
    'launch.group-name': (one) => groups(one).map((id) => region.securityGroups.get(id)?.name),
    'launch.image-id': (one) => instance(one)?.image.id,
    'launch.instance-type': (one) => instance(one)?.type.InstanceType,
    'launch.monitoring-enabled': (one) => instance(one)?.monitoring,
    'launched-availability-zone': (one) => instance(one)?.subnet.zone.name,
    'launched-availability-zone-id': (one) => instance(one)?.subnet.zone.id,
    'network-interface.addresses.primary': (one) => interfaces(one).map(({ privateIp }) => privateIp !== null),
    'network-interface.delete-on-termination': (one) =>
      interfaces(one).map(({ attachment }) => attachment?.deleteOnTermination),
    'network-interface.description': (one) => interfaces(one).map(({ description }) => description),
    'network-interface.device-index': (one) => interfaces(one).map(({ attachment }) => attachment?.deviceIndex),
    'network-interface.group-id': (one) => interfaces(one).flatMap(({ groupIds }) => groupIds.current),
    'network-interface.network-interface-id': (one) => interfaces(one).map(({ id }) => id),
    'network-interface.private-ip-address': (one) => interfaces(one).map(({ privateIp }) => privateIp),
    'network-interface.subnet-id': (one) => interfaces(one).map(({ subnetId }) => subnetId),
    'product-description': () => 'Linux/UNIX',
    'spot-instance-request-id': (one) => one.id,
    'spot-price': (one) => one.maxPrice,
    state: (one) => one.state,
    'status-code': (one) => one.status,
    'status-message': (one) => STATUS_WORDS[one.status],
    type: () => 'one-time',
    'valid-until': (one) => one.validUntil,
  }
}
