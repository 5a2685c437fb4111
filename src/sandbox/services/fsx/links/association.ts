import { randomBytes } from 'node:crypto'
import type { Place } from '../transfer/place.ts'

/** A data repository association: a folder of a file system and a place in S3. Times are milliseconds since the epoch. */
export interface Association {
  readonly id: string
  readonly region: string
  readonly fileSystemId: string
  /** As it was given: `/data`. */
  readonly path: string
  readonly folder: readonly string[]
  /** As it was given: `s3://bucket/prefix/`. */
  readonly repository: string
  readonly place: Place
  readonly createdAt: number
  readonly batchImport: boolean
  readonly tags: Map<string, string>
  readonly token: { readonly value: string; readonly request: string } | undefined
  chunkMiB: number
  lifecycle: 'CREATING' | 'AVAILABLE' | 'UPDATING' | 'DELETING' | 'FAILED'
  failure: string | null
  stopTimer: () => void
}

/** `dra-` and 17 hexadecimal digits. */
export const newAssociationId = (): string => `dra-${randomBytes(9).toString('hex').slice(0, 17)}`

/** Whether one folder is the other, or in it. */
export function contain(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length)
  return a.slice(0, length).join('/') === b.slice(0, length).join('/')
}

/** Whether two places have a key in common. */
export function share(a: Place, b: Place): boolean {
  return a.bucket === b.bucket && (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix))
}
