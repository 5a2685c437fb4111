import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { groupOnWire } from './render/security-group.ts'
import type { Rule, SecurityGroup } from './state/security-group.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, GroupId: list(text), GroupName: list(text) }

export const describeSecurityGroups = operation({
  name: 'DescribeSecurityGroups',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.GroupId, input, 'groupIds')
    const named = input.GroupName ?? []
    const all = [...context.region.securityGroups.values()]
    for (const name of named)
      if (!all.some((group) => group.name === name && group.createdAt <= context.horizon))
        throw new AwsError('InvalidGroup.NotFound', `The security group '${name}' does not exist`)
    const ids = [
      ...(input.GroupId ?? []),
      ...all.filter((group) => named.includes(group.name)).map((group) => group.id),
    ]
    const { items, nextToken } = select(
      {
        kind: 'security-group',
        items: context.region.securityGroups,
        ids,
        filters: input.Filter,
        table: table(context),
        paging: input,
      },
      context,
    )
    return { securityGroupInfo: items.map((group) => groupOnWire(group, context)), ...next(nextToken) }
  },
})

function table({ world, region }: Ec2Call): FilterTable<SecurityGroup> {
  return {
    description: (group) => group.description,
    'group-id': (group) => group.id,
    'group-name': (group) => group.name,
    'owner-id': () => world.account,
    'vpc-id': (group) => group.vpcId,
    ...ofRules('ip-permission', false),
    ...ofRules('egress.ip-permission', true),
  }

  function ofRules(prefix: string, egress: boolean): FilterTable<SecurityGroup> {
    const each =
      <V>(read: (rule: Rule) => V) =>
      (group: SecurityGroup): V[] =>
        [...group.rules.values()].filter((rule) => rule.egress === egress).map(read)
    return {
      [`${prefix}.cidr`]: each(({ peer }) => (peer.kind === 'ipv4' ? peer.cidr : null)),
      [`${prefix}.from-port`]: each((rule) => rule.fromPort),
      [`${prefix}.group-id`]: each(({ peer }) => (peer.kind === 'group' ? peer.groupId : null)),
      [`${prefix}.group-name`]: each(({ peer }) =>
        peer.kind === 'group' ? region.securityGroups.get(peer.groupId)?.name : null,
      ),
      [`${prefix}.ipv6-cidr`]: each(({ peer }) => (peer.kind === 'ipv6' ? peer.cidr : null)),
      [`${prefix}.prefix-list-id`]: () => undefined,
      [`${prefix}.protocol`]: each((rule) => rule.protocol),
      [`${prefix}.to-port`]: each((rule) => rule.toPort),
      [`${prefix}.user-id`]: each(({ peer }) => (peer.kind === 'group' ? world.account : null)),
    }
  }
}
