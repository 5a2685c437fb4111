/**
 * How long a cloud that does not answer is waited for, in milliseconds. Networks of laptops come and go; the sandbox is on this
 * machine: when it does not answer, it has ended.
 */
export interface Patience {
  /** While a fleet is raised or taken down. */
  readonly changingMs: number
  /** While a job runs: it does not need us, and losing sight of it never ends it. */
  readonly followingMs: number
}

export const PATIENCE: Readonly<Record<'sandbox' | 'aws', Patience>> = {
  sandbox: { changingMs: 3_000, followingMs: 5_000 },
  aws: { changingMs: 10 * 60_000, followingMs: 24 * 3600_000 },
}
