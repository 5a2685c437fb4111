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

const NOTHING = { endsAt: null, spentAt: null, aloneS: null } as const

/** In the bucket: any laptop can say when the fleet ends itself. */
export async function keepLeaseNote(fleet: string, note: LeaseNote, objects: ObjectStore): Promise<void> {
  await objects.putBytes(layout.lease(fleet), new TextEncoder().encode(JSON.stringify(note)))
}

/** All null where nobody renewed these nodes. A job that runs makes `endsAt` later. */
export async function readLeaseNote(
  fleet: string,
  nodeIds: readonly string[],
  objects: ObjectStore,
): Promise<Omit<LeaseNote, 'nodeIds'>> {
  const bytes = await objects.getBytes(layout.lease(fleet))
  if (!bytes) return NOTHING
  try {
    const {
      endsAt,
      spentAt,
      aloneS,
      nodeIds: asked,
    } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
    if (!Array.isArray(asked) || !nodeIds.every((id) => asked.includes(id))) return NOTHING
    return { endsAt: numberOr(endsAt), spentAt: numberOr(spentAt), aloneS: numberOr(aloneS) }
  } catch {
    return NOTHING
  }
}

const numberOr = (value: unknown) => (typeof value === 'number' ? value : null)
