import { operation, tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { next, select } from '../describe.ts'
import { absent, filters } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { paging } from '../input/pages.ts'
import { list } from '../input/shape.ts'
import { tagSet } from '../render/tags.ts'
import type { NetworkAcl } from '../state/network-acl.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, NetworkAclId: list(text) }

/** The default list of each network: it serves every subnet and lets everything pass. Others cannot be made here. */
export const describeNetworkAcls = operation({
  name: 'DescribeNetworkAcls',
  input: parameters,
  handle(input, context) {
    const { items, nextToken } = select(
      {
        kind: 'network-acl',
        items: context.region.networkAcls,
        ids: input.NetworkAclId,
        filters: input.Filter,
        table: {
          ...absent(
            'entry.icmp.code',
            'entry.icmp.type',
            'entry.ipv6-cidr',
            'entry.port-range.from',
            'entry.port-range.to',
          ),
          'association.association-id': (acl) => subnetsOf(acl, context).map(associationId),
          'association.network-acl-id': (acl) => acl.id,
          'association.subnet-id': (acl) => subnetsOf(acl, context),
          default: () => true,
          'entry.cidr': () => '0.0.0.0/0',
          'entry.egress': () => [true, false],
          'entry.protocol': () => '-1',
          'entry.rule-action': () => ['allow', 'deny'],
          'entry.rule-number': () => [100, 32_767],
          'network-acl-id': (acl) => acl.id,
          'owner-id': () => context.world.account,
          'vpc-id': (acl) => acl.vpcId,
        },
        paging: input,
      },
      context,
    )
    return { networkAclSet: items.map((acl) => aclOnWire(acl, context)), ...next(nextToken) }
  },
})

const subnetsOf = ({ vpcId }: NetworkAcl, { region }: Ec2Call): string[] =>
  [...region.subnets.values()].filter((subnet) => subnet.vpcId === vpcId).map((subnet) => subnet.id)

const associationId = (subnetId: string): string => subnetId.replace('subnet-', 'aclassoc-')

function aclOnWire(acl: NetworkAcl, context: Ec2Call): object {
  return {
    networkAclId: acl.id,
    vpcId: acl.vpcId,
    ownerId: context.world.account,
    default: true,
    associationSet: subnetsOf(acl, context).map((subnetId) => ({
      networkAclAssociationId: associationId(subnetId),
      networkAclId: acl.id,
      subnetId,
    })),
    entrySet: [true, false].flatMap((egress) => [entry(egress, 100, 'allow'), entry(egress, 32_767, 'deny')]),
    tagSet: tagSet(tagsSeen(context)(acl)),
  }
}

const entry = (egress: boolean, ruleNumber: number, ruleAction: string): object => ({
  cidrBlock: '0.0.0.0/0',
  egress,
  protocol: '-1',
  ruleAction,
  ruleNumber,
})
