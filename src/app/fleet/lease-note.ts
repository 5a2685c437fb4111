import { layout } from '../../core/job/layout.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

/** What whoever renewed a fleet's lease last knows of its end; times in milliseconds since the epoch, null is never. */
export interface LeaseNote {
  /** If nothing more comes, and no job runs. */
  readonly endsAt: number | null
  /** Whatever runs: for the spending limit. */
  readonly spentAt: number | null
  /** For how many seconds a node lives on after a job when nobody renews it; null is without end, or unknown. */
  readonly aloneS: number | null
  readonly nodeIds: readonly string[]
}

const NOTHING = { endsAt: null, spentAt: null } as const

/** In the bucket: any laptop can say when the fleet ends itself. */
export async function keepLeaseNote(fleet: string, note: LeaseNote, objects: ObjectStore): Promise<void> {
  await objects.putBytes(layout.lease(fleet), new TextEncoder().encode(JSON.stringify(note)))
}

/** Null where nobody ever renewed the fleet. */
export async function leaseNote(fleet: string, objects: ObjectStore): Promise<LeaseNote | null> {
  const bytes = await objects.getBytes(layout.lease(fleet))
  if (!bytes) return null
  try {
    const { endsAt, spentAt, aloneS, nodeIds } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    if (!Array.isArray(nodeIds)) return null
    return { endsAt: numberOr(endsAt), spentAt: numberOr(spentAt), aloneS: numberOr(aloneS), nodeIds }
  } catch {
    return null
  }
}

/** All null where nobody renewed these nodes. A job that runs makes `endsAt` later. */
export async function readLeaseNote(
  fleet: string,
  nodeIds: readonly string[],
  objects: ObjectStore,
): Promise<Pick<LeaseNote, 'endsAt' | 'spentAt'>> {
  const note = await leaseNote(fleet, objects)
  if (note === null || !nodeIds.every((id) => note.nodeIds.includes(id))) return NOTHING
  const { endsAt, spentAt } = note
  return { endsAt, spentAt }
}

const numberOr = (value: unknown) => (typeof value === 'number' ? value : null)
