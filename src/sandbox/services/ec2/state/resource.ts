import { createHash, randomBytes } from 'node:crypto'
import type { ResourceKind } from '../input/ids.ts'
import { lagged } from './lagged.ts'
import type { Lagged } from './lagged.ts'

/** What every resource of a region has. Describe calls do not show one that is younger than the lag. */
export interface Resource {
  readonly id: string
  readonly kind: ResourceKind
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly tags: Lagged<ReadonlyMap<string, string>>
}

export function resource<K extends ResourceKind>(
  kind: K,
  id: string,
  now: number,
  tags: ReadonlyMap<string, string> = new Map(),
) {
  return { id, kind, createdAt: now, tags: lagged(tags, now) } as const
}

/** The id that EC2 gives: a prefix and 17 hexadecimal digits. */
export const newId = (prefix: string): string => `${prefix}${randomBytes(9).toString('hex').slice(0, 17)}`

/** An id that is the same in every run of the sandbox: for what a region has from the start. */
export const stableId = (prefix: string, seed: string): string =>
  `${prefix}${createHash('sha256').update(`${prefix}${seed}`).digest('hex').slice(0, 17)}`
