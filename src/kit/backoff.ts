/** How long to wait before try number `attempt` (from 0). Pure: randomness is handed in, between 0 and 1. */
export interface BackoffShape {
  readonly firstMs: number
  readonly factor: number
  readonly maxMs: number
}

/**
 * Exponential back-off with equal jitter: between half of the step and the whole of it, so that many clients spread out
 * and none comes back at once.
 */
export function backoffMs(shape: BackoffShape, attempt: number, random: number): number {
  const step = Math.min(shape.maxMs, shape.firstMs * shape.factor ** Math.min(attempt, 60))
  return step / 2 + (step / 2) * random
}
