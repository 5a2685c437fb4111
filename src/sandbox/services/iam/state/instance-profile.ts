import { uniqueId } from './unique-id.ts'
import type { Role } from './role.ts'

export interface Profile {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly arn: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  tags: ReadonlyMap<string, string>
  /** AWS allows one. */
  role: Role | null
  /** Since when it has (or has not) the role. */
  roleSince: number
}

export function newProfile(
  wanted: { readonly name: string; readonly path?: string | undefined; readonly tags?: ReadonlyMap<string, string> },
  account: string,
  now: number,
): Profile {
  const path = wanted.path ?? '/'
  return {
    name: wanted.name,
    path,
    id: uniqueId('AIPA'),
    arn: `arn:aws:iam::${account}:instance-profile${path}${wanted.name}`,
    createdAt: now,
    tags: wanted.tags ?? new Map(),
    role: null,
    roleSince: now,
  }
}
