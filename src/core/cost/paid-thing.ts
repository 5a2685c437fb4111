import type { ObservedNode } from '../fleet/observed.ts'
import type { Usd } from './cost.ts'

/**
 * A machine or a file system with the time that it was there: what is paid for. It is written down while it lives, because the cloud
 * forgets what has ended within the hour. Times in milliseconds since the epoch.
 */
export interface PaidThing {
  readonly kind: 'node' | 'storage'
  /** Instance or file system id. */
  readonly id: string
  readonly account: string
  readonly fleet: string
  /** Null for storage. */
  readonly cohort: string | null
  /** `hpc7g.16xlarge`, `1200 GiB SCRATCH_2`. */
  readonly what: string
  /** Null for storage. */
  readonly purchase: ObservedNode['purchase'] | null
  readonly zone: string | null
  /** Of a node, what tasks share it by; null where nobody knows. */
  readonly cores: number | null
  /** As it was when it was first seen; null where nobody knew it. */
  readonly usdPerHour: Usd | null
  /** `price list, 2026-07-20`. */
  readonly priceFrom: string | null
  /** A stopped instance that is started again begins anew: it is another thing of the same id. */
  readonly beganAt: number
  /** When it was first seen ready for jobs; null where it never was. */
  readonly readyAt: number | null
  readonly lastAliveAt: number
  /** When it was first seen to be no more; null while it is there. */
  readonly goneAt: number | null
  /** When it ended, where the cloud told. */
  readonly endedAt: number | null
}

/** Nobody minds that between two looks so close an end has no exact time, in milliseconds. */
export const CLOSE_MS = 60_000

/**
 * Since when something is not paid any more; null while it is there. Where the cloud does not tell, it is the last time that it was seen
 * alive: an estimate where nobody looked for long.
 */
export function endOf({ endedAt, goneAt, lastAliveAt }: PaidThing): { at: number; isEstimated: boolean } | null {
  if (endedAt !== null) return { at: endedAt, isEstimated: false }
  return goneAt === null ? null : { at: lastAliveAt, isEstimated: goneAt - lastAliveAt > CLOSE_MS }
}

/**
 * EC2 bills Linux by the second, a minute at least: https://aws.amazon.com/about-aws/whats-new/2017/10/announcing-amazon-ec2-per-second-billing/
 */
const LEAST_MS = 60_000

/** Until when it is paid; what is there, until now. FSx is billed by the second: https://aws.amazon.com/fsx/lustre/pricing/ */
export function paidUntil(thing: PaidThing, now: number): number {
  const end = endOf(thing)?.at ?? Math.max(now, thing.beganAt)
  return thing.kind === 'node' ? Math.max(end, thing.beganAt + LEAST_MS) : end
}

/** What two looks at one thing tell together: the same whichever came first, and however often each is told. */
export function mergePaid(known: PaidThing, seen: PaidThing): PaidThing {
  const [older, newer] = known.lastAliveAt <= seen.lastAliveAt ? [known, seen] : [seen, known]
  const priced = older.usdPerHour === null ? newer : older
  return {
    ...newer,
    cores: older.cores ?? newer.cores,
    usdPerHour: priced.usdPerHour,
    priceFrom: priced.priceFrom,
    readyAt: least(older.readyAt, newer.readyAt),
    // One that was seen alive after it had been missing: that was a look that lagged.
    goneAt: least(...[older.goneAt, newer.goneAt].map((at) => (at !== null && at < newer.lastAliveAt ? null : at))),
    endedAt: least(older.endedAt, newer.endedAt),
  }
}

function least(a: number | null = null, b: number | null = null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}
