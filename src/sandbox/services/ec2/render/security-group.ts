import { arn, tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { Rule, SecurityGroup } from '../state/security-group.ts'
import { tagSet } from './tags.ts'

export function groupOnWire(group: SecurityGroup, context: Ec2Call): object {
  const rules = [...group.rules.values()]
  return {
    ownerId: context.world.account,
    groupId: group.id,
    groupName: group.name,
    groupDescription: group.description,
    vpcId: group.vpcId,
    securityGroupArn: arn(context, `security-group/${group.id}`),
    ipPermissions: permissions(
      rules.filter((rule) => !rule.egress),
      context,
    ),
    ipPermissionsEgress: permissions(
      rules.filter((rule) => rule.egress),
      context,
    ),
    tagSet: tagSet(tagsSeen(context)(group)),
  }
}

export function ruleOnWire(rule: Rule, context: Ec2Call): object {
  const { peer } = rule
  return {
    securityGroupRuleId: rule.id,
    groupId: rule.groupId,
    groupOwnerId: context.world.account,
    isEgress: rule.egress,
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort ?? -1,
    toPort: rule.toPort ?? -1,
    ...(peer.kind === 'ipv4' ? { cidrIpv4: peer.cidr } : {}),
    ...(peer.kind === 'ipv6' ? { cidrIpv6: peer.cidr } : {}),
    ...(peer.kind === 'prefix-list' ? { prefixListId: peer.prefixListId } : {}),
    ...(peer.kind === 'group' ? { referencedGroupInfo: { groupId: peer.groupId, userId: context.world.account } } : {}),
    ...described(rule),
    tagSet: tagSet(tagsSeen(context)(rule)),
    securityGroupRuleArn: arn(context, `security-group-rule/${rule.id}`),
  }
}

/** EC2 shows the rules of one protocol and port range together. */
function permissions(rules: readonly Rule[], { world }: Ec2Call): object[] {
  const byPorts = Map.groupBy(rules, (rule) => `${rule.protocol} ${rule.fromPort ?? ''} ${rule.toPort ?? ''}`)
  return [...byPorts.values()].map((together) => {
    const [first] = together
    return {
      ipProtocol: first?.protocol,
      ...(first?.fromPort === null ? {} : { fromPort: first?.fromPort }),
      ...(first?.toPort === null ? {} : { toPort: first?.toPort }),
      groups: together.flatMap((rule) =>
        rule.peer.kind === 'group' ? [{ userId: world.account, groupId: rule.peer.groupId, ...described(rule) }] : [],
      ),
      ipRanges: together.flatMap((rule) =>
        rule.peer.kind === 'ipv4' ? [{ cidrIp: rule.peer.cidr, ...described(rule) }] : [],
      ),
      ipv6Ranges: together.flatMap((rule) =>
        rule.peer.kind === 'ipv6' ? [{ cidrIpv6: rule.peer.cidr, ...described(rule) }] : [],
      ),
      prefixListIds: together.flatMap((rule) =>
        rule.peer.kind === 'prefix-list' ? [{ prefixListId: rule.peer.prefixListId, ...described(rule) }] : [],
      ),
    }
  })
}

const described = ({ description }: Rule): object => (description === null ? {} : { description })
