/** What the terminal is to show of a piece of output, and how the program ended where it says so. */
export interface TrailerRead {
  readonly show: Uint8Array
  readonly exitCode: number | null
}

const BELL = 7

/** Finds the sequence with the exit code (shell-script.ts) in what comes, however it is cut into pieces. What may be its beginning is held back. */
export function trailerReader(nonce: string): (bytes: Uint8Array) => TrailerRead {
  const start = Buffer.from(`\u001B]${nonce};`)
  let held = Buffer.alloc(0)
  return (bytes) => {
    const all = Buffer.concat([held, bytes])
    const at = all.indexOf(start)
    const from = at === -1 ? all.length - overlap(all, start) : at
    held = all.subarray(from)
    const end = at === -1 ? -1 : held.indexOf(BELL)
    const exitCode = end === -1 ? null : Number(held.subarray(start.length, end).toString('latin1'))
    return { show: all.subarray(0, from), exitCode }
  }
}

/** How many bytes at the end of `bytes` are a beginning of `word`. */
function overlap(bytes: Buffer, word: Buffer): number {
  for (let length = Math.min(bytes.length, word.length - 1); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(word.subarray(0, length))) return length
  }
  return 0
}
