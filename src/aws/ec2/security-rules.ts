import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import type { Ec2 } from './ec2.ts'

/**
 * The rules of a fleet's group: all traffic among its members in both directions (EFA wants exactly that, the usual
 * 0.0.0.0/0 egress does not do; Lustre is covered, since the file system is a member too), HTTPS outward for SSM, S3 and
 * packages, and nothing else. Whatever else is there is taken away.
 */
export interface Rules {
  readonly ingress: readonly IpPermission[]
  readonly egress: readonly IpPermission[]
}

/** What AWS gives every new group. */
export const freshRules: IpPermission[] = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]

const https: IpPermission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

/** One rule a call: AWS refuses a whole call when one rule of it exists already. */
export async function convergeRules(ec2: Ec2, group: string, seen: Rules): Promise<void> {
  const among: IpPermission = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: group }] }
  const ingress = difference([among], seen.ingress)
  const egress = difference([among, https], seen.egress)
  const calls = [
    ...ingress.missing.map((rule) => new AuthorizeSecurityGroupIngressCommand(of(group, rule))),
    ...ingress.extra.map((rule) => new RevokeSecurityGroupIngressCommand(of(group, rule))),
    ...egress.missing.map((rule) => new AuthorizeSecurityGroupEgressCommand(of(group, rule))),
    ...egress.extra.map((rule) => new RevokeSecurityGroupEgressCommand(of(group, rule))),
  ]
  for (const call of calls) await change(ec2, call as AuthorizeSecurityGroupIngressCommand)
}

/** A group that was made a moment ago may be unknown yet; a rule that is there (or gone) already is what we want. */
async function change(ec2: Ec2, command: AuthorizeSecurityGroupIngressCommand): Promise<void> {
  const revokes = command.constructor.name.startsWith('Revoke')
  let last: unknown
  const done = await poll(ec2.settings, 60_000, async () => {
    try {
      await ec2.send(command)
      return true
    } catch (error) {
      last = error
      if (isAwsClass(error, 'duplicate') || (revokes && isAwsClass(error, 'gone'))) return true
      if (isAwsClass(error, 'gone')) return undefined
      throw error
    }
  })
  if (done === null) throw last
}

const of = (GroupId: string, rule: IpPermission) => ({ GroupId, IpPermissions: [rule] })

function difference(wanted: readonly IpPermission[], seen: readonly IpPermission[]) {
  const single = seen.flatMap(singles)
  const have = new Set(single.map(nameOf))
  const want = new Set(wanted.map(nameOf))
  return {
    missing: wanted.filter((rule) => !have.has(nameOf(rule))),
    extra: single.filter((rule) => !want.has(nameOf(rule))),
  }
}

/** AWS lists rules that share protocol and ports as one with many peers. */
function singles(rule: IpPermission): IpPermission[] {
  const base = { IpProtocol: rule.IpProtocol, ...ports(rule) }
  return [
    ...(rule.IpRanges ?? []).map((one) => ({ ...base, IpRanges: [{ CidrIp: one.CidrIp }] })),
    ...(rule.Ipv6Ranges ?? []).map((one) => ({ ...base, Ipv6Ranges: [{ CidrIpv6: one.CidrIpv6 }] })),
    ...(rule.PrefixListIds ?? []).map((one) => ({ ...base, PrefixListIds: [{ PrefixListId: one.PrefixListId }] })),
    ...(rule.UserIdGroupPairs ?? []).map((one) => ({ ...base, UserIdGroupPairs: [{ GroupId: one.GroupId }] })),
  ]
}

/** Ports mean nothing for `-1`, and endpoints differ in what they say there. */
function ports(rule: IpPermission) {
  return rule.IpProtocol === '-1' ? {} : { FromPort: rule.FromPort, ToPort: rule.ToPort }
}

function nameOf(rule: IpPermission): string {
  const peer =
    rule.IpRanges?.[0]?.CidrIp ??
    rule.Ipv6Ranges?.[0]?.CidrIpv6 ??
    rule.PrefixListIds?.[0]?.PrefixListId ??
    rule.UserIdGroupPairs?.[0]?.GroupId
  const { FromPort, ToPort } = ports(rule) as IpPermission
  return `${rule.IpProtocol} ${FromPort ?? ''}-${ToPort ?? ''} ${peer}`
}
