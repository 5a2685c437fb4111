import type { PastAction } from '../core/plan/past-action.ts'

/** Actions are written here before they are done, so that a crash is found again. One append is one fsynced line. */
export interface Journal {
  /** The action's id is also what the cloud gets as a tag; tokens are derived from it. */
  intend(entry: { readonly fleet: string; readonly action: string; readonly kind: string; readonly at: number }): void
  settled(entry: {
    readonly fleet: string
    readonly action: string
    readonly outcome: 'done' | 'failed'
    readonly at: number
  }): void
  /** When a muster of this machine last wrote of the fleet (null: of any), in milliseconds since the epoch; null where none has. */
  lastAt(fleet: string | null): number | null
  /** The fleet's actions in this cloud that succeeded, in the order of their beginning; none where they cannot be read. */
  past(fleet: string): readonly PastAction[]
}
