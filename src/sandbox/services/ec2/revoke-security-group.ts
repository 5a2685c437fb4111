import { AwsError } from '../../aws-error.ts'
import { groupNamed } from './authorize-security-group.ts'
import { operation } from './context.ts'
import { dryRun } from './errors.ts'
import { unknownIds } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { readRules, ruleFields } from './input/permissions.ts'
import { list } from './input/shape.ts'
import { findGroup } from './security-groups.ts'
import { sameRule } from './state/security-group.ts'
import type { Rule, SecurityGroup } from './state/security-group.ts'

const parameters = { ...ruleFields, GroupId: text, GroupName: text, SecurityGroupRuleId: list(text) }

/** Both directions' Revoke, by rule id or by saying the rule again. */
export const revokeSecurityGroupIngress = revoke('RevokeSecurityGroupIngress', false)
export const revokeSecurityGroupEgress = revoke('RevokeSecurityGroupEgress', true)

function revoke(name: string, egress: boolean) {
  return operation({
    name,
    dryRun: 'late',
    input: parameters,
    handle(input, context) {
      const group = findGroup(input, context)
      const rules =
        input.SecurityGroupRuleId === undefined
          ? readRules(input, egress, groupNamed(context)).map((content) => sameRule(group, content) ?? missing())
          : input.SecurityGroupRuleId.map((id) => ruleById(group, id, egress))
      if (input.DryRun === true) throw dryRun()
      for (const rule of rules) group.rules.delete(rule.id)
      return { return: true, unknownIpPermissionSet: [], revokedSecurityGroupRuleSet: rules.map(revoked) }
    },
  })
}

function ruleById(group: SecurityGroup, id: string, egress: boolean): Rule {
  const rule = group.rules.get(id)
  if (rule === undefined || rule.egress !== egress) throw unknownIds('security-group-rule', [id])
  return rule
}

function missing(): never {
  throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
}

const revoked = (rule: Rule): object => ({
  securityGroupRuleId: rule.id,
  groupId: rule.groupId,
  isEgress: rule.egress,
  ipProtocol: rule.protocol,
  fromPort: rule.fromPort ?? -1,
  toPort: rule.toPort ?? -1,
  ...(rule.peer.kind === 'ipv4' ? { cidrIpv4: rule.peer.cidr } : {}),
  ...(rule.peer.kind === 'ipv6' ? { cidrIpv6: rule.peer.cidr } : {}),
  ...(rule.peer.kind === 'group' ? { referencedGroupId: rule.peer.groupId } : {}),
  ...(rule.peer.kind === 'prefix-list' ? { prefixListId: rule.peer.prefixListId } : {}),
})
