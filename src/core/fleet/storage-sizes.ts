import type { Deployment } from './storage-spec.ts'

/**
 * Which capacities FSx for Lustre makes on SSD. CreateFileSystem's StorageCapacity (FSx API reference): 1200, 2400 and
 * increments of 2400 GiB. EFA-enabled ones come in larger steps, by their throughput (FSx for Lustre guide,
 * increase-storage-capacity.html: 38400 GiB at 125 MB/s a TiB, 19200 at 250, 9600 at 500, 4800 at 1000).
 */
export interface SizeRule {
  /** The one size that is no multiple of the step; null where there is none. */
  readonly smallest: number | null
  readonly step: number
}

export interface SizedBy {
  readonly deployment: Deployment
  readonly throughputPerTiB: number | null
  readonly efa: boolean
}

const EFA_STEP_OF_ALL = 4_800_000

export function sizeRule({ throughputPerTiB, efa }: SizedBy): SizeRule {
  if (!efa) return { smallest: 1200, step: 2400 }
  return { smallest: null, step: EFA_STEP_OF_ALL / (throughputPerTiB ?? 125) }
}

/** Null where AWS makes that size, else the sizes next to it: one below, where there is one, and one above. */
export function nearestSizes(capacityGiB: number, by: SizedBy): readonly number[] | null {
  const { smallest, step } = sizeRule(by)
  if (capacityGiB === smallest || (capacityGiB > 0 && capacityGiB % step === 0)) return null
  const multiple = Math.floor(capacityGiB / step) * step
  const sizes = [...(smallest === null ? [] : [smallest]), ...(multiple > 0 ? [multiple] : []), multiple + step]
  const below = Math.max(...sizes.filter((size) => size < capacityGiB))
  const above = Math.min(...sizes.filter((size) => size > capacityGiB))
  return Number.isFinite(below) ? [below, above] : [above]
}

/** `1200 GiB or a multiple of 2400 GiB`. */
export function describeSizes(by: SizedBy): string {
  const { smallest, step } = sizeRule(by)
  return smallest === null ? `a multiple of ${step} GiB` : `${smallest} GiB or a multiple of ${step} GiB`
}
