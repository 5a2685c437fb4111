import type { Profile } from './state/instance-profile.ts'
import type { Role } from './state/role.ts'
import { tagList } from './tags.ts'

/** A role as answers show it; lists leave out its description's neighbours boundary and tags, as the service model says. */
export function renderRole(role: Role, detail: 'full' | 'listed' = 'full'): object {
  const listed = {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: wholeSeconds(role.createdAt),
    AssumeRolePolicyDocument: encoded(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
  }
  if (detail === 'listed') return listed
  return {
    ...listed,
    PermissionsBoundary:
      role.boundary === undefined
        ? undefined
        : { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: role.boundary },
    Tags: tagList(role.tags),
  }
}

export function renderProfile(profile: Profile, detail: 'full' | 'listed' = 'full'): object {
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: wholeSeconds(profile.createdAt),
    Roles: profile.role === null ? [] : [renderRole(profile.role, 'listed')],
    Tags: detail === 'full' ? tagList(profile.tags) : undefined,
  }
}

/** URL encoding by RFC 3986, as the service model says of every policy in an answer. */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** IAM's times have no milliseconds. */
export const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
