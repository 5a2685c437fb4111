import type { Access } from '../../ports/access.ts'
import type { Identity } from '../../ports/identity.ts'
import type { AwsSettings } from '../settings.ts'
import { deniedByDryRun } from '../ec2/dry-run.ts'
import { denied } from './denied.ts'
import { grant } from './grant.ts'
import { connectIam } from './iam.ts'
import { observeAccess } from './observe.ts'
import { withdraw } from './withdraw.ts'

/** Roles and rights over IAM. */
export function connectAccess(settings: AwsSettings, identity: Identity): Access {
  const iam = connectIam(settings)
  return {
    observe: (policy) => observeAccess(iam, policy),
    grant: (part, wanted) => grant(iam, part, wanted),
    withdraw: (part) => withdraw(iam, part),
    denied: async (actions) => (await denied(iam, identity, actions)) ?? deniedByDryRun(settings, actions),
  }
}
