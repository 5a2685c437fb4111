import { CreateSecurityGroupCommand, DeleteSecurityGroupCommand, type SecurityGroup } from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { ResourceTags } from '../../core/fleet/tags.ts'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import { fleetName, fleetTags, type Tag } from '../tags.ts'
import { securityGroupsBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { convergeRules, freshRules } from './security-rules.ts'

/** AWS shows a new group within seconds; this long it is waited for. */
const VISIBLE_MS = 60_000

/** The fleet's group in its VPC; also mends one that a crash left half made. */
export async function ensureSecurityGroup(
  ec2: Ec2,
  fleet: string,
  action: string,
  vpc: string,
  tags: ResourceTags = {},
): Promise<{ id: string }> {
  const found = await findGroup(ec2, fleet, vpc)
  const group = found ?? (await createGroup(ec2, fleet, fleetTags(fleet, action, tags), vpc))
  const id = group.GroupId ?? ''
  await convergeRules(ec2, id, { ingress: group.IpPermissions ?? [], egress: group.IpPermissionsEgress ?? [] })
  return { id }
}

/** Throws FleetBusy while an interface still holds it. */
export async function removeSecurityGroup(ec2: Ec2, id: string): Promise<void> {
  try {
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }))
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}

async function findGroup(ec2: Ec2, fleet: string, vpc: string): Promise<SecurityGroup | undefined> {
  const groups = await securityGroupsBy(ec2, [
    { Name: 'group-name', Values: [fleetName(fleet)] },
    { Name: 'vpc-id', Values: [vpc] },
  ])
  return groups[0]
}

async function createGroup(ec2: Ec2, fleet: string, Tags: Tag[], vpc: string): Promise<SecurityGroup> {
  const GroupName = fleetName(fleet)
  try {
    const made = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName,
        Description: `muster fleet ${fleet}: nodes among themselves, HTTPS outward`,
        VpcId: vpc,
        TagSpecifications: [{ ResourceType: 'security-group', Tags }],
      }),
    )
    return { GroupId: made.GroupId, IpPermissions: [], IpPermissionsEgress: freshRules }
  } catch (error) {
    if (!isAwsClass(error, 'duplicate')) throw error
  }
  const group = await poll(ec2.settings, VISIBLE_MS, () => findGroup(ec2, fleet, vpc))
  if (group !== null) return group
  throw new MusterError('CloudRefused', `the security group ${GroupName} exists, but AWS does not show it`, {
    suggestions: ['run the same command again'],
  })
}
