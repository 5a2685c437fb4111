import { newId, resource } from './resource.ts'
import type { Resource } from './resource.ts'

export interface SecurityGroup extends Resource {
  readonly kind: 'security-group'
  readonly name: string
  readonly description: string
  readonly vpcId: string
  /** By rule id. */
  readonly rules: Map<string, Rule>
}

/** One peer of one permission: EC2 keeps a rule for each, and shows them together again by protocol and ports. */
export interface Rule extends Resource {
  readonly kind: 'security-group-rule'
  readonly groupId: string
  readonly egress: boolean
  /** `tcp`, `udp`, `icmp`, a number, or `-1` for all. */
  readonly protocol: string
  /** Null where the protocol has no ports, or all are meant. */
  readonly fromPort: number | null
  readonly toPort: number | null
  readonly peer: Peer
  readonly description: string | null
}

export type Peer =
  | { readonly kind: 'ipv4'; readonly cidr: string }
  | { readonly kind: 'ipv6'; readonly cidr: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'prefix-list'; readonly prefixListId: string }

/** A new group lets everything out and nothing in. */
export function newSecurityGroup(
  settings: Pick<SecurityGroup, 'name' | 'description' | 'vpcId'> & { readonly id?: string },
  now: number,
  tags?: ReadonlyMap<string, string>,
): SecurityGroup {
  const group: SecurityGroup = {
    ...resource('security-group', settings.id ?? newId('sg-'), now, tags),
    name: settings.name,
    description: settings.description,
    vpcId: settings.vpcId,
    rules: new Map(),
  }
  addRule(
    group,
    {
      egress: true,
      protocol: '-1',
      fromPort: null,
      toPort: null,
      peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
      description: null,
    },
    now,
  )
  return group
}

export type RuleContent = Pick<Rule, 'egress' | 'protocol' | 'fromPort' | 'toPort' | 'peer' | 'description'>

export function addRule(
  group: SecurityGroup,
  content: RuleContent,
  now: number,
  tags?: ReadonlyMap<string, string>,
): Rule {
  const rule: Rule = { ...resource('security-group-rule', newId('sgr-'), now, tags), groupId: group.id, ...content }
  group.rules.set(rule.id, rule)
  return rule
}

/** The rule of the group that says the same, whatever its description. */
export function sameRule(group: SecurityGroup, content: RuleContent): Rule | undefined {
  const key = ruleKey(content)
  return [...group.rules.values()].find((rule) => ruleKey(rule) === key)
}

const ruleKey = ({ egress, protocol, fromPort, toPort, peer }: RuleContent): string =>
  JSON.stringify([egress, protocol, fromPort, toPort, peer])

/** Whether the group lets Lustre's traffic in from itself or from an address range: what FSx checks before it makes a file system. */
export function allowsLustre(group: SecurityGroup): boolean {
  return [...group.rules.values()].some(
    ({ egress, protocol, fromPort, toPort, peer }) =>
      !egress &&
      (peer.kind === 'ipv4' || (peer.kind === 'group' && peer.groupId === group.id)) &&
      (protocol === '-1' ||
        (protocol === 'tcp' && (fromPort ?? 0) <= LUSTRE_PORT && LUSTRE_PORT <= (toPort ?? 65_535))),
  )
}

/** Whether all traffic passes between the group's members, in both directions: what EFA wants. */
export function allowsAllOfItself(group: SecurityGroup): boolean {
  const rules = [...group.rules.values()].filter(({ protocol }) => protocol === '-1')
  const isSelf = ({ peer }: Rule) => peer.kind === 'group' && peer.groupId === group.id
  return rules.some((rule) => !rule.egress && isSelf(rule)) && rules.some((rule) => rule.egress && isSelf(rule))
}

/** https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html (compiled facts, 2026-09): FSx's refusal names 988 alone. */
const LUSTRE_PORT = 988
