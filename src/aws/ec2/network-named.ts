import type { IpPermission, SecurityGroup, Subnet } from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { NamedGroup } from '../../core/network/fleet-network.ts'
import { securityGroupsBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { subnetsBy } from './network-describe.ts'

/** What a user named, in the order of naming. Throws NetworkUnfit for what is not there. */
export async function namedSubnets(ec2: Ec2, ids: readonly string[]): Promise<Subnet[]> {
  const found = await subnetsBy(ec2, [{ Name: 'subnet-id', Values: [...ids] }])
  return ids.map((id) => {
    const subnet = found.find((one) => one.SubnetId === id)
    if (subnet === undefined) throw unknownNetwork(`the subnet ${id}`, ec2.settings.region)
    return subnet
  })
}

export async function namedGroups(ec2: Ec2, ids: readonly string[]): Promise<NamedGroup[]> {
  const found = await securityGroupsBy(ec2, [{ Name: 'group-id', Values: [...ids] }])
  return ids.map((id) => {
    const group = found.find((one) => one.GroupId === id)
    if (group === undefined) throw unknownNetwork(`the security group ${id}`, ec2.settings.region)
    return namedGroup(id, group)
  })
}

function namedGroup(id: string, group: SecurityGroup): NamedGroup {
  const allItself = (rules: readonly IpPermission[] | undefined) =>
    rules?.some((rule) => rule.IpProtocol === '-1' && rule.UserIdGroupPairs?.some((pair) => pair.GroupId === id)) ??
    false
  return {
    id,
    vpc: group.VpcId ?? '',
    selfIngress: allItself(group.IpPermissions),
    selfEgress: allItself(group.IpPermissionsEgress),
  }
}

/** A fleet has one VPC. */
export function refuseOther(vpc: string, subnets: readonly Subnet[]): void {
  const stranger = subnets.find((subnet) => subnet.VpcId !== vpc)
  if (stranger === undefined) return
  throw new MusterError('NetworkUnfit', `the subnet ${stranger.SubnetId} is in ${stranger.VpcId}, not in ${vpc}`, {
    suggestions: ['name subnets of one VPC under network: in muster.yaml'],
    data: { subnet: stranger.SubnetId, vpc },
  })
}

export function unknownNetwork(what: string, region: string): MusterError {
  return new MusterError('NetworkUnfit', `${what} does not exist in ${region}`, {
    suggestions: [`aws ec2 describe-subnets --region ${region}`, 'leave network: out of muster.yaml'],
    data: { region },
  })
}

export function noNetwork(region: string): MusterError {
  const message = `region ${region} has no network for a fleet: no default VPC, and none that muster setup made`
  return new MusterError('NetworkUnfit', message, {
    suggestions: ['muster setup', `aws ec2 create-default-vpc --region ${region}`],
    data: { region },
  })
}
