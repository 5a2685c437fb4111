import type { Ec2Call } from './context.ts'
import { absent } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { statusOf } from './render/interface.ts'
import type { NetworkInterface } from './state/interface.ts'
import { hostnameOf } from './state/network.ts'

/** DescribeNetworkInterfaces' filters (botocore's ec2 model); DescribeInstances has most of them too. */
export const interfaceFilters = ({ world, region }: Ec2Call): FilterTable<NetworkInterface> => ({
  ...absent(
    'addresses.association.owner-id',
    'addresses.association.public-ip',
    'association.allocation-id',
    'association.association-id',
    'association.ip-owner-id',
    'association.public-dns-name',
    'association.public-ip',
    'ipv6-addresses.ipv6-address',
    'operator.principal',
  ),
  'operator.managed': () => false,
  'addresses.primary': (one) => one.privateIp !== null,
  'addresses.private-ip-address': (one) => one.privateIp,
  'attachment.attach-time': (one) => (one.attachment === null ? null : new Date(one.attachment.attachedAt)),
  'attachment.attachment-id': (one) => one.attachment?.id,
  'attachment.delete-on-termination': (one) => one.attachment?.deleteOnTermination,
  'attachment.device-index': (one) => one.attachment?.deviceIndex,
  'attachment.instance-id': (one) => one.attachment?.instanceId,
  'attachment.instance-owner-id': (one) => (one.attachment === null ? null : world.account),
  'attachment.network-card-index': (one) => one.attachment?.cardIndex,
  'attachment.status': (one) => (one.attachment === null ? 'detached' : 'attached'),
  'availability-zone': (one) => one.zone,
  'availability-zone-id': (one) => region.zones.find((zone) => zone.name === one.zone)?.id,
  description: (one) => one.description,
  'group-id': (one) => one.groupIds.current,
  'group-name': (one) => one.groupIds.current.map((id) => region.securityGroups.get(id)?.name),
  'interface-type': (one) => one.type,
  'mac-address': (one) => one.macAddress,
  'network-interface-id': (one) => one.id,
  'owner-id': () => world.account,
  'private-dns-name': (one) => (one.privateIp === null ? null : hostnameOf(region.name, one.privateIp)),
  'private-ip-address': (one) => one.privateIp,
  'requester-id': (one) => one.requester,
  'requester-managed': (one) => one.requester !== null,
  'source-dest-check': (one) => one.sourceDestCheck,
  status: statusOf,
  'subnet-id': (one) => one.subnetId,
  'vpc-id': (one) => one.vpcId,
})
