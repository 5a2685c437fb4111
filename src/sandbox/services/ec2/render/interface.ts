import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { NetworkInterface } from '../state/interface.ts'
import { hostnameOf, publicNameOf } from '../state/network.ts'
import { groupSet } from './group-set.ts'
import { tagSet } from './tags.ts'

/** An interface as its instance shows it. */
export function attachedInterface(one: NetworkInterface, context: Ec2Call): object {
  return {
    ...common(one, context),
    status: 'in-use',
    ...(one.attachment === null ? {} : { attachment: attachment(one.attachment) }),
  }
}

/** An interface as DescribeNetworkInterfaces shows it. */
export function interfaceOnWire(one: NetworkInterface, context: Ec2Call): object {
  const { zones } = context.region
  return {
    ...common(one, context),
    status: statusOf(one),
    availabilityZone: one.zone,
    availabilityZoneId: zones.find((zone) => zone.name === one.zone)?.id,
    requesterManaged: one.requester !== null,
    ...(one.requester === null ? {} : { requesterId: one.requester }),
    ...(one.attachment === null
      ? {}
      : {
          attachment: {
            ...attachment(one.attachment),
            instanceId: one.attachment.instanceId,
            instanceOwnerId: context.world.account,
          },
        }),
    tagSet: tagSet(tagsSeen(context)(one)),
  }
}

/** A managed service's interface is in use though no instance has it. */
export const statusOf = (one: NetworkInterface): string =>
  one.attachment === null && one.requester === null ? 'available' : 'in-use'

function common(one: NetworkInterface, { world, region }: Ec2Call): object {
  const address =
    one.privateIp === null
      ? {}
      : { privateIpAddress: one.privateIp, privateDnsName: hostnameOf(region.name, one.privateIp) }
  return {
    networkInterfaceId: one.id,
    subnetId: one.subnetId,
    vpcId: one.vpcId,
    description: one.description,
    ownerId: world.account,
    macAddress: one.macAddress,
    interfaceType: one.type,
    sourceDestCheck: one.sourceDestCheck,
    groupSet: groupSet(one.groupIds.current, region),
    ...address,
    ...association(one, region.name),
    privateIpAddressesSet:
      one.privateIp === null ? [] : [{ ...address, ...association(one, region.name), primary: true }],
    ipv6AddressesSet: [],
  }
}

const attachment = (held: NonNullable<NetworkInterface['attachment']>): object => ({
  attachmentId: held.id,
  deviceIndex: held.deviceIndex,
  networkCardIndex: held.cardIndex,
  status: 'attached',
  attachTime: new Date(held.attachedAt),
  deleteOnTermination: held.deleteOnTermination,
})

function association({ publicIp }: NetworkInterface, region: string): object {
  if (publicIp === null) return {}
  return { association: { publicIp, publicDnsName: publicNameOf(region, publicIp), ipOwnerId: 'amazon' } }
}
