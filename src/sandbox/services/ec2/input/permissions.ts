import { AwsError } from '../../../aws-error.ts'
import { invalidCombination, invalidValue, missingParameter } from '../errors.ts'
import type { Peer, RuleContent } from '../state/security-group.ts'
import { integer, text } from './leaves.ts'
import { anything, list, record } from './shape.ts'
import type { Parsed } from './shape.ts'

const port = integer(-1, 65_535)

const permissionFields = {
  FromPort: port,
  Groups: list(
    record({
      Description: text,
      GroupId: text,
      GroupName: text,
      PeeringStatus: anything,
      UserId: text,
      VpcId: text,
      VpcPeeringConnectionId: anything,
    }),
  ),
  IpProtocol: text,
  IpRanges: list(record({ CidrIp: text, Description: text })),
  Ipv6Ranges: list(record({ CidrIpv6: text, Description: text })),
  PrefixListIds: list(record({ Description: text, PrefixListId: text })),
  ToPort: port,
}

/** How the four calls that change rules name them: as a list of permissions, or one rule in the older short form. */
export const ruleFields = {
  CidrIp: text,
  FromPort: port,
  IpPermissions: list(record(permissionFields)),
  IpProtocol: text,
  SourceSecurityGroupName: text,
  SourceSecurityGroupOwnerId: text,
  ToPort: port,
}

type Permission = Parsed<typeof permissionFields>
type Asked = Parsed<typeof ruleFields>

/** One rule for every peer of every permission. `groupNamed` finds a group by name, in the default network. */
export function readRules(asked: Asked, egress: boolean, groupNamed: (name: string) => string): readonly RuleContent[] {
  const permissions =
    asked.IpPermissions ??
    (asked.IpProtocol === undefined && asked.SourceSecurityGroupName === undefined ? [] : [short(asked)])
  if (permissions.length === 0) throw missingParameter('ipPermissions')
  return permissions.flatMap((permission) => {
    const ports = portsOf(permission)
    const rules = peersOf(permission, groupNamed).map(({ peer, description }) => ({
      egress,
      ...ports,
      peer,
      description: description ?? null,
    }))
    if (rules.length === 0)
      throw invalidCombination(
        'No source or destination was given for the rule: name a CIDR range, a security group or a prefix list.',
      )
    return rules
  })
}

function short(asked: Asked): Permission {
  const { SourceSecurityGroupName: group, CidrIp, FromPort, ToPort } = asked
  return {
    IpProtocol: asked.IpProtocol ?? '-1',
    ...(FromPort === undefined ? {} : { FromPort }),
    ...(ToPort === undefined ? {} : { ToPort }),
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp }] }),
    ...(group === undefined ? {} : { Groups: [{ GroupName: group }] }),
  }
}

const PROTOCOLS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' }

function portsOf({ IpProtocol, FromPort, ToPort }: Permission): Pick<RuleContent, 'protocol' | 'fromPort' | 'toPort'> {
  if (IpProtocol === undefined) throw missingParameter('ipProtocol')
  const lower = IpProtocol.toLowerCase()
  const protocol = PROTOCOLS[lower] ?? lower
  if (!['tcp', 'udp', 'icmp', 'icmpv6', '-1'].includes(protocol) && !/^\d{1,3}$/.test(protocol))
    throw new AwsError(
      'InvalidPermission.Malformed',
      `Unsupported IP protocol "${IpProtocol}" - supported: [tcp, udp, icmp]`,
    )
  if (protocol === '-1') return { protocol, fromPort: null, toPort: null }
  if (protocol !== 'tcp' && protocol !== 'udp') return { protocol, fromPort: FromPort ?? -1, toPort: ToPort ?? -1 }
  if (FromPort === undefined || ToPort === undefined)
    throw invalidValue(`Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`)
  if (FromPort > ToPort || FromPort < 0)
    throw new AwsError('InvalidParameterValue', `Invalid TCP/UDP port range (${FromPort}:${ToPort})`)
  return { protocol, fromPort: FromPort, toPort: ToPort }
}

function peersOf(
  permission: Permission,
  groupNamed: (name: string) => string,
): { peer: Peer; description: string | undefined }[] {
  const { IpRanges = [], Ipv6Ranges = [], Groups = [], PrefixListIds = [] } = permission
  return [
    ...IpRanges.map(({ CidrIp = '', Description }) => ({
      peer: { kind: 'ipv4' as const, cidr: cidr4(CidrIp) },
      description: Description,
    })),
    ...Ipv6Ranges.map(({ CidrIpv6 = '', Description }) => ({
      peer: { kind: 'ipv6' as const, cidr: CidrIpv6 },
      description: Description,
    })),
    ...Groups.map(({ GroupId, GroupName, Description }) => ({
      peer: { kind: 'group' as const, groupId: GroupId ?? groupNamed(GroupName ?? '') },
      description: Description,
    })),
    ...PrefixListIds.map(({ PrefixListId = '', Description }) => ({
      peer: { kind: 'prefix-list' as const, prefixListId: PrefixListId },
      description: Description,
    })),
  ]
}

function cidr4(cidr: string): string {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr)
  const [, ...numbers] = match ?? []
  const length = Number(numbers.at(-1))
  if (match === null || length > 32 || numbers.slice(0, 4).some((part) => Number(part) > 255))
    throw invalidValue(`CIDR block ${cidr} is malformed`)
  // Bits behind the prefix are dropped, as EC2 does.
  const address = numbers.slice(0, 4).reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - length)
  const base = Math.floor(address / size) * size
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${length}`
}
