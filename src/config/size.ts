/** Capacities as people write them: `1200 GiB`, `2.4 TiB`, or a bare number of GiB, which is what FSx counts in. */
const SHAPE = /^(\d{1,12}(?:\.\d{1,6})?) ?(GiB|TiB)$/i

/** Whole GiB, or null where it is no size (`1.2 TB` is none: that is another unit). */
export function parseSizeGiB(value: string | number): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? value : null
  const match = SHAPE.exec(value.trim())
  if (!match) return null
  const decimal = Number(match[1])
  // FSx's own steps are 1200 GiB, which it calls 1.2 TiB: a tebibyte of storage is sold as 1000 GiB.
  const gib = match[2]!.toLowerCase() === 'tib' ? Math.round(decimal * 1e6) / 1000 : decimal
  return Number.isSafeInteger(gib) && gib > 0 ? gib : null
}

/** `1200 GiB`. */
export function printSizeGiB(gib: number): string {
  return `${gib} GiB`
}
