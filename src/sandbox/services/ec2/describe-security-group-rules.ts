import { operation } from './context.ts'
import { next, select } from './describe.ts'
import { filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { ruleOnWire } from './render/security-group.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters, SecurityGroupRuleId: list(text) }

export const describeSecurityGroupRules = operation({
  name: 'DescribeSecurityGroupRules',
  input: parameters,
  handle(input, context) {
    const rules = [...context.region.securityGroups.values()].flatMap((group) => [...group.rules.values()])
    const { items, nextToken } = select(
      {
        kind: 'security-group-rule',
        items: new Map(rules.map((rule) => [rule.id, rule])),
        ids: input.SecurityGroupRuleId,
        filters: input.Filter,
        table: { 'group-id': (rule) => rule.groupId, 'security-group-rule-id': (rule) => rule.id },
        paging: input,
      },
      context,
    )
    return { securityGroupRuleSet: items.map((rule) => ruleOnWire(rule, context)), ...next(nextToken) }
  },
})
