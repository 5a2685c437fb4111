import { layout } from '../../core/job/layout.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

/** What whoever renewed a fleet's lease last knows of its end; times in milliseconds since the epoch, null is never. */
export interface LeaseNote {
  /** If nothing more comes, and no job runs. */
  readonly endsAt: number | null
  /** Whatever runs: for the spending limit. */
  readonly spentAt: number | null
  readonly nodeIds: readonly string[]
}

const NOTHING = { endsAt: null, spentAt: null } as const

/** In the bucket: any laptop can say when the fleet ends itself. */
export async function keepLeaseNote(fleet: string, note: LeaseNote, objects: ObjectStore): Promise<void> {
  await objects.putBytes(layout.lease(fleet), new TextEncoder().encode(JSON.stringify(note)))
}

/** Both null where nobody renewed these nodes. A job that runs makes `endsAt` later. */
export async function readLeaseNote(
  fleet: string,
  nodeIds: readonly string[],
  objects: ObjectStore,
): Promise<Pick<LeaseNote, 'endsAt' | 'spentAt'>> {
  const bytes = await objects.getBytes(layout.lease(fleet))
  if (!bytes) return NOTHING
  try {
    const { endsAt, spentAt, nodeIds: asked } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    if (!Array.isArray(asked) || !nodeIds.every((id) => asked.includes(id))) return NOTHING
    return { endsAt: timeOr(endsAt), spentAt: timeOr(spentAt) }
  } catch {
    return NOTHING
  }
}

const timeOr = (value: unknown) => (typeof value === 'number' ? value : null)
