import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { dryRun } from './errors.ts'
import { readRules, ruleFields } from './input/permissions.ts'
import { text } from './input/leaves.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { unknownIds } from './input/ids.ts'
import { ruleOnWire } from './render/security-group.ts'
import { findGroup } from './security-groups.ts'
import { addRule, sameRule } from './state/security-group.ts'

const parameters = { ...ruleFields, GroupId: text, GroupName: text, TagSpecification: tagSpecifications }

/** Both directions' Authorize: either all rules of the call are added, or none. */
export const authorizeSecurityGroupIngress = authorize('AuthorizeSecurityGroupIngress', false)
export const authorizeSecurityGroupEgress = authorize('AuthorizeSecurityGroupEgress', true)

/** Rules a group may have in each direction, unless the quota was raised. */
const MOST_RULES = 60

function authorize(name: string, egress: boolean) {
  return operation({
    name,
    dryRun: 'late',
    input: parameters,
    handle(input, context) {
      const group = findGroup(input, context)
      const rules = readRules(input, egress, groupNamed(context))
      for (const { peer } of rules)
        if (peer.kind === 'group' && !context.region.securityGroups.has(peer.groupId))
          throw unknownIds('security-group', [peer.groupId])
      for (const rule of rules) {
        const same = sameRule(group, rule)
        if (same !== undefined)
          throw new AwsError(
            'InvalidPermission.Duplicate',
            `the specified rule "peer: ${peerWords(same.peer)}, ${portWords(same.protocol, same.fromPort, same.toPort)}, ALLOW" already exists`,
          )
      }
      const held = [...group.rules.values()].filter((rule) => rule.egress === egress).length
      if (held + rules.length > MOST_RULES)
        throw new AwsError(
          'RulesPerSecurityGroupLimitExceeded',
          'The maximum number of rules per security group has been reached.',
        )
      const tags = tagsFor(input.TagSpecification, 'security-group-rule')
      if (input.DryRun === true) throw dryRun()
      const added = rules.map((rule) => addRule(group, rule, context.now, tags))
      return { return: true, securityGroupRuleSet: added.map((rule) => ruleOnWire(rule, context)) }
    },
  })
}

export const groupNamed =
  (context: Ec2Call) =>
  (name: string): string =>
    findGroup({ GroupName: name }, context).id

type RulePeer = Parameters<typeof addRule>[1]['peer']

function peerWords(peer: RulePeer): string {
  if (peer.kind === 'group') return peer.groupId
  return peer.kind === 'prefix-list' ? peer.prefixListId : peer.cidr
}

function portWords(protocol: string, from: number | null, to: number | null): string {
  if (protocol === '-1') return 'ALL'
  return `${protocol.toUpperCase()}, from port: ${from ?? -1}, to port: ${to ?? -1}`
}
