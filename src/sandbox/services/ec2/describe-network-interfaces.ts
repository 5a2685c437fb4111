import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { interfaceOnWire, statusOf } from './render/interface.ts'
import type { NetworkInterface } from './state/interface.ts'
import { hostnameOf } from './state/network.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  IncludeManagedResources: flag,
  NetworkInterfaceId: list(text),
}

/** Interfaces of instances and of managed services: what keeps a security group from being deleted. */
export const describeNetworkInterfaces = operation({
  name: 'DescribeNetworkInterfaces',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.NetworkInterfaceId, input, 'networkInterfaceIds')
    const { items, nextToken } = select(
      {
        kind: 'network-interface',
        items: context.region.interfaces,
        ids: input.NetworkInterfaceId,
        filters: input.Filter,
        table: table(context),
        paging: input,
      },
      context,
    )
    return { networkInterfaceSet: items.map((one) => interfaceOnWire(one, context)), ...next(nextToken) }
  },
})

const table = ({ world, region }: Ec2Call): FilterTable<NetworkInterface> => ({
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
