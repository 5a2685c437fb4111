import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { InternetGateway } from '../state/gateways.ts'
import { tagSet } from './tags.ts'

/** EC2 calls the state of an attachment `available`, not `attached`. */
export function internetGatewayOnWire(
  gateway: InternetGateway,
  context: Ec2Call,
  tags: 'seen' | 'current' = 'seen',
): object {
  return {
    internetGatewayId: gateway.id,
    ownerId: context.world.account,
    attachmentSet: gateway.vpcId === null ? [] : [{ state: 'available', vpcId: gateway.vpcId }],
    tagSet: tagSet(tags === 'current' ? gateway.tags.current : tagsSeen(context)(gateway)),
  }
}
