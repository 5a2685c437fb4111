import {
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  UntagRoleCommand,
} from '@aws-sdk/client-iam'
import type { AccessRemoval } from '../../core/account/action.ts'
import { NODE_ROLE } from '../../core/account/observed.ts'
import type { Iam } from './iam.ts'
import { NODE_POLICY, orNull, REGION_TAG, SSM_POLICY } from './observe.ts'

/** What is gone succeeds silently; IAM wants a role's policies and a profile's role out first. */
export async function withdraw(iam: Iam, { what }: AccessRemoval): Promise<void> {
  const [RoleName, InstanceProfileName] = [NODE_ROLE, NODE_ROLE]
  switch (what) {
    case 'claim':
      await orNull(iam.send(new UntagRoleCommand({ RoleName, TagKeys: [`${REGION_TAG}${iam.settings.region}`] })))
      return
    case 'profile':
      await orNull(iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })))
      await orNull(iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName })))
      return
    case 'role':
      await orNull(iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: SSM_POLICY })))
      await orNull(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: NODE_POLICY })))
      await orNull(iam.send(new DeleteRoleCommand({ RoleName })))
  }
}
