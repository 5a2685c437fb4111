/**
 * A value that describe calls see only some time after it was written, as EC2's do. The operations themselves always act
 * on what is current.
 */
export interface Lagged<T> {
  current: T
  before: T
  changedAt: number
}

export const lagged = <T>(value: T, now: number): Lagged<T> => ({ current: value, before: value, changedAt: now })

export function change<T>(value: Lagged<T>, next: T, now: number): void {
  value.before = value.current
  value.current = next
  value.changedAt = now
}

/** What a describe call sees whose horizon (now minus the lag) this is. */
export const seen = <T>(value: Lagged<T>, horizon: number): T =>
  value.changedAt <= horizon ? value.current : value.before
