import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { NatGateway } from '../state/gateways.ts'
import { tagSet } from './tags.ts'

export function natGatewayOnWire(nat: NatGateway, context: Ec2Call, tags: 'seen' | 'current' = 'seen'): object {
  return {
    natGatewayId: nat.id,
    vpcId: nat.vpcId,
    subnetId: nat.subnetId,
    state: nat.state,
    connectivityType: nat.connectivity,
    availabilityMode: 'zonal',
    createTime: new Date(nat.createdAt),
    ...(nat.deletedAt === null ? {} : { deleteTime: new Date(nat.deletedAt) }),
    ...(nat.failure === null ? {} : { failureCode: nat.failure.code, failureMessage: nat.failure.message }),
    natGatewayAddressSet: [
      {
        ...(nat.allocationId === null ? {} : { allocationId: nat.allocationId, publicIp: nat.publicIp }),
        ...(nat.interfaceId === null ? {} : { networkInterfaceId: nat.interfaceId, privateIp: nat.privateIp }),
        isPrimary: true,
        status: nat.state === 'failed' ? 'failed' : 'succeeded',
      },
    ],
    tagSet: tagSet(tags === 'current' ? nat.tags.current : tagsSeen(context)(nat)),
  }
}
