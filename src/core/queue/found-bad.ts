import type { QuarantinedBy } from '../fleet/quarantine.ts'

/** A node that was quarantined: what is remembered of it also when it is gone. */
export interface FoundBad {
  readonly node: string
  readonly instanceType: string
  readonly by: QuarantinedBy
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly why: string
}

/** So many bad nodes in so long a time are replaced: more of them, and it is rather the image, the storage or the network. */
export const MOST_REPLACED = 3
const WITHIN_MS = 3_600_000

/** For so long they are remembered, in milliseconds, and so many of a fleet at most. */
const REMEMBERED_MS = 24 * 3_600_000
const MOST_REMEMBERED = 200

/** The same list with more, the oldest first; what is long ago is forgotten. */
export function withFound(found: readonly FoundBad[], more: readonly FoundBad[], now: number): FoundBad[] {
  const ids = new Set(more.map(({ node }) => node))
  return [...found.filter((one) => !ids.has(one.node) && now - one.since < REMEMBERED_MS), ...more]
    .toSorted((a, b) => a.since - b.since)
    .slice(-MOST_REMEMBERED)
}

/**
 * Until when a fleet in which so many nodes were found bad launches nothing more, and why; null where it may. Nodes that somebody
 * quarantined by hand do not count: whoever does that knows what it costs.
 */
export function tooManyBad(
  found: readonly FoundBad[],
  now: number,
): { readonly until: number; readonly message: string } | null {
  const lately = found.filter((one) => one.by !== 'hand' && now - one.since < WITHIN_MS)
  const free = lately.at(-1 - MOST_REPLACED)
  const last = lately.at(-1)
  if (free === undefined || last === undefined) return null
  const what = `${lately.length} nodes were found bad within an hour, the last ${last.node} (${last.why})`
  return { until: free.since + WITHIN_MS, message: `${what}: no more are launched for now` }
}

/** `; i-1 is quarantined since 14:20: the mount is gone`: the end of a sentence about a task that was there. */
export function sayFoundBad(bad: FoundBad | null, clock: (at: number) => string): string {
  if (bad === null) return ''
  return `; ${bad.node} is quarantined since ${clock(bad.since)}${bad.why === '' ? '' : `: ${bad.why}`}`
}
