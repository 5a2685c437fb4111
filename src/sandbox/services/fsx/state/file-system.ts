import { randomBytes, randomInt } from 'node:crypto'
import type { LustrePlan } from './lustre-rules.ts'

/** One file system. Times are milliseconds since the epoch. */
export interface FileSystem {
  readonly id: string
  readonly region: string
  readonly mountName: string
  readonly dnsName: string
  readonly createdAt: number
  readonly vpcId: string
  readonly subnetId: string
  readonly plan: LustrePlan
  /** Members of LustreConfiguration that are shown as they were given. */
  readonly settings: Record<string, unknown>
  readonly kmsKeyId: string | undefined
  readonly networkType: string
  readonly interfaces: readonly { readonly id: string; remove(): void }[]
  readonly tags: Map<string, string>
  /** The request that made it, to tell a repeated one from another under the same token. */
  readonly token: { readonly value: string; readonly request: string } | undefined
  capacityGiB: number | null
  lifecycle: Lifecycle
  failure: string | null
  readonly actions: AdministrativeAction[]
  stopTimer: () => void
}

export type Lifecycle = 'CREATING' | 'AVAILABLE' | 'UPDATING' | 'FAILED' | 'DELETING'

export interface AdministrativeAction {
  readonly requestedAt: number
  readonly capacityGiB: number
  status: 'IN_PROGRESS' | 'COMPLETED'
}

const NEXT: Readonly<Record<Lifecycle, readonly Lifecycle[]>> = {
  CREATING: ['AVAILABLE', 'FAILED', 'DELETING'],
  AVAILABLE: ['UPDATING', 'DELETING'],
  UPDATING: ['AVAILABLE', 'DELETING'],
  FAILED: ['DELETING'],
  // FAILED where its data could not be deleted: it can be tried again.
  DELETING: ['FAILED'],
}

/** Changes the lifecycle where the table lets it; tells whether it did. */
export function become(fileSystem: FileSystem, lifecycle: Lifecycle): boolean {
  if (!NEXT[fileSystem.lifecycle].includes(lifecycle)) return false
  fileSystem.lifecycle = lifecycle
  return true
}

/** `fs-` and 17 hexadecimal digits, as AWS makes them today. */
export function newId(): string {
  return `fs-${randomBytes(9).toString('hex').slice(0, 17)}`
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** Always `fsx` for SCRATCH_1, otherwise eight random letters: a client must ask for it. */
export function newMountName(deployment: string): string {
  if (deployment === 'SCRATCH_1') return 'fsx'
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}
