/** What a fleet may cost, in US dollars; null is no limit. Limits hold for what is planned: nothing above them is bought. */
export interface Limits {
  /** An hour of all of the fleet. */
  readonly perHour: number | null
  /** One job: the price of an hour times its time limit. */
  readonly perJob: number | null
  /** The fleet since its launch: when it has cost so much, nothing more is made of it. */
  readonly total: number | null
  /** Above so much an hour a person is asked; null is the cloud's own threshold (`confirmAboveOf`). */
  readonly confirmAbove: number | null
}

export const NO_LIMITS: Limits = { perHour: null, perJob: null, total: null, confirmAbove: null }

export function isLimited({ perHour, perJob, total }: Limits): boolean {
  return perHour !== null || perJob !== null || total !== null
}

/** What an hour may cost before a person is asked, where nothing is configured: a good deal more than one large CPU node. */
const CONFIRM_ABOVE = 50

/** In the sandbox nobody is asked unless it is configured: there it is free. Null asks never. */
export function confirmAboveOf(limits: Limits, cloud: 'sandbox' | 'aws'): number | null {
  return limits.confirmAbove ?? (cloud === 'aws' ? CONFIRM_ABOVE : null)
}
