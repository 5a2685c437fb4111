import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import type { AccessPart } from '../../core/account/action.ts'
import { NODE_ROLE } from '../../core/account/observed.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import { isAwsClass } from '../error-map.ts'
import { TAG, tagList } from '../tags.ts'
import type { Iam } from './iam.ts'
import { NODE_POLICY, REGION_TAG, SSM_POLICY } from './observe.ts'

interface Wanted {
  readonly policy: string
  readonly action: string
}

/** Only instances take the role. */
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

/** Every call is harmless twice: what is there already is what we want. */
export async function grant(iam: Iam, part: AccessPart, wanted: Wanted): Promise<void> {
  if (part.what === 'role') return grantRole(iam, wanted)
  if (part.what === 'profile') return grantProfile(iam, wanted)
  return grantServiceRole(iam, part.service)
}

async function grantRole(iam: Iam, { policy, action }: Wanted): Promise<void> {
  const RoleName = NODE_ROLE
  const Tags = [...ownTags('role', action), ...tagList({ [`${REGION_TAG}${iam.settings.region}`]: '' })]
  const Description = 'nodes of muster: SSM, and the staging buckets'
  await unlessThere(iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, Description, Tags })))
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: SSM_POLICY }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: NODE_POLICY, PolicyDocument: policy }))
  await iam.send(new TagRoleCommand({ RoleName, Tags }))
}

async function grantProfile(iam: Iam, { action }: Wanted): Promise<void> {
  const InstanceProfileName = NODE_ROLE
  const Tags = ownTags('profile', action)
  await unlessThere(iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Tags })))
  try {
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: NODE_ROLE }))
  } catch (error) {
    // A profile has one role at most: it has it already.
    if (!isAwsClass(error, 'quota', 'duplicate')) throw error
  }
}

/** One that exists is refused as invalid input, which is also the code of much else: the words tell. */
async function grantServiceRole(iam: Iam, service: string): Promise<void> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service }))
  } catch (error) {
    if (!isMusterError(error) || !error.message.includes('has been taken')) throw error
  }
}

const ownTags = (part: string, action: string) => tagList({ [TAG.network]: part, [TAG.action]: action })

async function unlessThere(making: Promise<unknown>): Promise<void> {
  try {
    await making
  } catch (error) {
    if (!isAwsClass(error, 'duplicate')) throw error
  }
}
