import type { NodeUse } from '../core/cost/node-use.ts'
import type { PaidThing } from '../core/cost/paid-thing.ts'

/**
 * What was paid for, and what it was used for: it outlives the machines and whoever watched them. Many musters may write it at once:
 * what each saw is merged.
 */
export interface Ledger {
  /** Tells what was seen, by kind, id and beginning; telling it again changes nothing. */
  see(things: readonly PaidThing[]): Promise<void>
  /** In the order of their beginning. */
  paid(filter: PaidFilter): Promise<readonly PaidThing[]>
  /** Tells who holds nodes, by run and node, where it is no task of the queue: the queue's own are told by their history. */
  use(uses: readonly NodeUse[]): Promise<void>
  /** In the order of their beginning. */
  uses(filter: UseFilter): Promise<readonly NodeUse[]>
}

export interface PaidFilter {
  /** Null takes all fleets. */
  readonly fleet: string | null
  /** Of these ids only; null takes all. */
  readonly ids: readonly string[] | null
}

export interface UseFilter {
  readonly fleet: string | null
  readonly jobs: readonly string[] | null
}
