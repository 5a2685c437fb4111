import type { Ec2Call } from './context.ts'
import { absent } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { statusOf } from './render/interface.ts'
import type { NetworkInterface } from './state/interface.ts'
import { hostnameOf, publicNameOf } from './state/network.ts'

/** DescribeNetworkInterfaces' filters (botocore's ec2 model); DescribeInstances has most of them too. */
export const interfaceFilters = ({ world, region }: Ec2Call): FilterTable<NetworkInterface> => ({
  ...absent(
    'association.allocation-id',
    'association.association-id',
    'ipv6-addresses.ipv6-address',
    'operator.principal',
  ),
  'operator.managed': () => false,
  'addresses.association.owner-id': addressOwner,
  'addresses.association.public-ip': (one) => one.publicIp,
  'association.ip-owner-id': addressOwner,
  'association.public-dns-name': (one) => publicNameOfInterface(one, region.name),
  'association.public-ip': (one) => one.publicIp,
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

/** Addresses that EC2 gives are Amazon's, an Elastic IP would be the account's; there are none on interfaces here. */
export const addressOwner = ({ publicIp }: NetworkInterface): string | null => (publicIp === null ? null : 'amazon')

export const publicNameOfInterface = ({ publicIp }: NetworkInterface, region: string): string | null =>
  publicIp === null ? null : publicNameOf(region, publicIp)
