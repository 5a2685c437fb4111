import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { Vpc } from '../state/network.ts'
import { tagSet } from './tags.ts'

/** A network as describe calls show it; what makes one shows the tags that it was given. */
export function vpcOnWire(vpc: Vpc, context: Ec2Call, tags: 'seen' | 'current' = 'seen'): object {
  return {
    vpcId: vpc.id,
    ownerId: context.world.account,
    state: 'available',
    cidrBlock: vpc.cidrBlock,
    cidrBlockAssociationSet: [
      { associationId: cidrAssociationId(vpc), cidrBlock: vpc.cidrBlock, cidrBlockState: { state: 'associated' } },
    ],
    ipv6CidrBlockAssociationSet: [],
    dhcpOptionsId: dhcpOptionsId(vpc),
    instanceTenancy: 'default',
    isDefault: vpc.isDefault,
    tagSet: tagSet(tags === 'current' ? vpc.tags.current : tagsSeen(context)(vpc)),
  }
}

export const cidrAssociationId = (vpc: Vpc): string => vpc.id.replace('vpc-', 'vpc-cidr-assoc-')
export const dhcpOptionsId = (vpc: Vpc): string => vpc.id.replace('vpc-', 'dopt-')
