/**
 * What per cent a job says that it has done: the last number before a per cent sign in a piece of its output. Works on
 * bytes of any kind; null where it says nothing of the sort.
 */
const PERCENT = /(?<![\d.,-])(\d{1,3}(?:\.\d{1,6})?)[ \t]?%(?![\w%])/g

/** Only the end counts, however large the piece is. */
const TAIL_BYTES = 4096

export function lastPercent(bytes: Uint8Array): number | null {
  const tail = bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES))
  const text = Buffer.from(tail.buffer, tail.byteOffset, tail.length).toString('latin1')
  let found: number | null = null
  for (const [, digits] of text.matchAll(PERCENT)) if (Number(digits) <= 100) found = Number(digits)
  return found
}
