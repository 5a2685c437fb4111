const SHAPE = /^(\d{1,9}(?:\.\d{1,6})?) ?(MiB|GiB|TiB)$/i
const MIB: Readonly<Record<string, number>> = { mib: 1, gib: 1024, tib: 1024 * 1024 }

/** Memory of a machine in whole MiB, rounded up; null where the text is no such size. A bare number has no unit: refused. */
export function parseMemoryMiB(text: string): number | null {
  const match = SHAPE.exec(text.trim())
  if (!match) return null
  const mib = Math.ceil(Number(match[1]) * MIB[match[2]!.toLowerCase()]!)
  return mib > 0 ? mib : null
}
