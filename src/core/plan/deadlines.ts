/** How long each stage may take before it is called failed, in milliseconds. */
export interface Deadlines {
  readonly startedMs: number
  readonly onlineMs: number
  readonly storageMs: number
  /** For the cloud to show what it has accepted. */
  readonly visibleMs: number
}

/**
 * AWS's, by what its users see: instances run within a minute (large GPU types within minutes), agents register 1-2 minutes
 * later with stragglers of 5, file systems take 5-15 minutes.
 */
export const DEADLINES = {
  startedMs: 15 * 60_000,
  onlineMs: 25 * 60_000,
  storageMs: 60 * 60_000,
  visibleMs: 5 * 60_000,
} as const satisfies Deadlines
