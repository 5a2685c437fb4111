import type { SimulatedWorld } from './simulate.ts'

/** The week that docs/scaling.md shows: at most 512 nodes of 64 cores that take three minutes to boot, ended after ten idle ones. */
export const WEEK: Omit<SimulatedWorld, 'policy'> = {
  range: () => ({ min: 0, max: 512 }),
  max: 512,
  bootMs: 180_000,
  idleMs: 600_000,
  coresPerNode: 64,
}
