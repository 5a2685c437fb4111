import type { IamDirectory, World } from '../../../world.ts'
import { noSuchEntity } from '../errors.ts'
import { newProfile } from './instance-profile.ts'
import type { Profile } from './instance-profile.ts'
import { SSM_MANAGED_INSTANCE_CORE } from './managed-policies.ts'
import { newRole, trustOf } from './role.ts'
import type { Role } from './role.ts'
import type { User } from './user.ts'
import { readPolicy } from '../policy/document.ts'
import { refusalOf } from '../policy/refusal-of.ts'

/** Everything that IAM keeps: one account's, whatever region a request is signed for. In memory; it ends with the sandbox. */
export interface IamState {
  readonly world: World
  readonly roles: Map<string, Role>
  readonly profiles: Map<string, Profile>
  /** Users whom somebody made, beside the account's own. */
  readonly users: Map<string, User>
  /** The account's own user, who signs with the key of credentials.json and may do everything. */
  readonly ownUser: string
  /** When the account's user was made, in milliseconds since the epoch. */
  readonly startedAt: number
}

/** An account that has the role and the instance profile `muster-node`, and nothing else. */
export function createIamState(world: World): IamState {
  const startedAt = world.clock.now()
  const role = newRole({ name: NODE, trust: trustOf('ec2.amazonaws.com') }, world.account, startedAt)
  role.attached.add(SSM_MANAGED_INSTANCE_CORE)
  role.inline.set('muster-buckets', NODE_BUCKETS)
  const profile = newProfile({ name: NODE }, world.account, startedAt)
  profile.role = role
  // What was there from the start has no lag.
  profile.roleSince = Number.NEGATIVE_INFINITY
  return {
    world,
    roles: new Map([[NODE, role]]),
    profiles: new Map([[NODE, profile]]),
    users: new Map(),
    ownUser: 'sandbox',
    startedAt,
  }
}

const NODE = 'muster-node'

/** What nodes do with the buckets that carry their scripts, inputs and output. */
const NODE_BUCKETS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        's3:GetObject',
        's3:PutObject',
        's3:AbortMultipartUpload',
        's3:ListBucket',
        's3:GetEncryptionConfiguration',
      ],
      Resource: ['arn:aws:s3:::muster-*', 'arn:aws:s3:::muster-*/*'],
    },
  ],
})

export function roleNamed({ roles }: IamState, name: string): Role {
  const role = roles.get(name)
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return role
}

export function profileNamed({ profiles }: IamState, name: string): Profile {
  const profile = profiles.get(name)
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`)
  return profile
}

/**
 * What EC2 knows of IAM: some time later than IAM itself. A profile younger than `pace.iamLagMs` does not exist yet, and a role
 * that was put into it so lately is not in it yet.
 */
export function directory({ world, profiles, users }: IamState): IamDirectory {
  return {
    refusal(call) {
      const user = [...users.values()].find(({ principal }) => principal.arn === call.caller.arn)
      if (user === undefined) return null
      return refusalOf([...user.inline.values()].flatMap(readPolicy), call)
    },
    instanceProfile(name) {
      const horizon = world.clock.now() - (world.pace.iamLagMs ?? 0)
      const found = profiles.get(name)
      if (found === undefined) return undefined
      const { id, arn, role, roleSince, createdAt } = found
      const isKnown = createdAt <= horizon || roleSince === Number.NEGATIVE_INFINITY
      if (!isKnown) return undefined
      return { id, arn, role: role !== null && roleSince <= horizon ? { name: role.name, id: role.id } : null }
    },
  }
}
