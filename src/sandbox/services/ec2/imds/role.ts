import type { AccessKey } from '../../../credentials.ts'
import type { World } from '../../../world.ts'
import type { Instance, InstanceProfile } from '../state/instance.ts'
import type { Folder } from './node.ts'

/** `iam/`: the instance profile and the credentials of its role. */
export function roleFolder(instance: Instance, profile: InstanceProfile, world: World): Folder {
  const now = (): string => seconds(world.clock.now())
  return {
    info: () =>
      JSON.stringify(
        { Code: 'Success', LastUpdated: now(), InstanceProfileArn: profile.arn, InstanceProfileId: profile.id },
        null,
        2,
      ),
    'security-credentials': {
      [profile.roleName]: () => {
        const key = session(instance, profile, world)
        return JSON.stringify(
          {
            Code: 'Success',
            LastUpdated: now(),
            Type: 'AWS-HMAC',
            AccessKeyId: key.accessKeyId,
            SecretAccessKey: key.secretAccessKey,
            Token: key.sessionToken ?? '',
            Expiration: seconds(key.expiresAt ?? world.clock.now() + 6 * 3_600_000),
          },
          null,
          2,
        )
      },
    },
  }
}

/** One session serves until shortly before it expires, as IMDS rotates them, however often a node asks. */
function session(instance: Instance, profile: InstanceProfile, world: World): AccessKey {
  const held = instance.life.credentials
  if (held !== null && (held.expiresAt === null || held.expiresAt - world.clock.now() > 15 * 60_000)) return held
  const fresh = world.credentials.forInstance(instance.id, profile.roleName, profile.roleId)
  instance.life.credentials = fresh
  return fresh
}

const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
