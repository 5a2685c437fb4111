import type { JobOutput } from './job-output.ts'
import { lastPercent } from './progress.ts'

/** Finds the per cent in output that comes in pieces, whose ends fall anywhere. */
export function createPercentFinder(): { push(chunk: JobOutput): number | null } {
  const tails = new Map<string, Uint8Array>()
  return {
    push({ source, stream, bytes }) {
      const key = `${source}/${stream}`
      const end = bytes.subarray(Math.max(0, bytes.length - 4096))
      const whole = Buffer.concat([bytes.length > 4096 ? new Uint8Array() : (tails.get(key) ?? new Uint8Array()), end])
      tails.set(key, whole.subarray(whole.length - openNumber(whole)))
      return lastPercent(whole)
    },
  }
}

/** How many bytes at the end may be the beginning of a per cent, with the one before them, which may rule it out. */
function openNumber(bytes: Uint8Array): number {
  const end = Buffer.from(bytes.subarray(-16)).toString('latin1')
  return /[^]?[\d. \t]*$/.exec(end)?.[0].length ?? 0
}
