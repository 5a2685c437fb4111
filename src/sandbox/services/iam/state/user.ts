import type { Principal } from '../../../credentials.ts'
import { uniqueId } from './unique-id.ts'

/** A user whom somebody made: unlike the account's own, their every call is held to their policies. */
export interface User {
  readonly name: string
  readonly path: string
  readonly createdAt: number
  readonly principal: Principal
  /** Texts of inline policies by name. */
  readonly inline: Map<string, string>
  /** Ids of access keys: two at most. */
  readonly keys: Set<string>
}

export function newUser(name: string, path: string, account: string, now: number): User {
  return {
    name,
    path,
    createdAt: now,
    principal: {
      account,
      arn: `arn:aws:iam::${account}:user${path}${name}`,
      userId: uniqueId('AIDA'),
      instanceId: null,
    },
    inline: new Map(),
    keys: new Set(),
  }
}
