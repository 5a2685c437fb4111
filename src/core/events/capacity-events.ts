import { describeRung, type Rung } from '../capacity/rung.ts'
import { event, seconds } from './entry.ts'

/** One rung of the ladder, asked for so many nodes. */
interface RungTried extends Rung {
  readonly fleet: string
  readonly nodes: number
}

/** What is said while the ladder of capacity is climbed. */
export const CAPACITY_EVENTS = {
  'capacity.type-dropped': event<{ fleet: string; instanceType: string; why: string }>(
    'warning',
    (d) => `${d.fleet}: ${d.instanceType} is left out: it ${d.why}`,
  ),
  'capacity.trying': event<RungTried & { step: { nth: number; of: number } }>(
    'info',
    (d) =>
      `${d.fleet}: trying ${d.nodes} x ${describeRung(d)}, ${d.usdPerHour === null ? 'price unknown' : `$${(d.nodes * d.usdPerHour).toFixed(2)}/h`}${d.step.of === 1 ? '' : ` (${d.step.nth} of ${d.step.of})`}`,
  ),
  'capacity.refused': event<RungTried & { code: string; message: string; availableZones: readonly string[] }>(
    'warning',
    (d) =>
      `${d.fleet}: no ${d.nodes} x ${describeRung(d)}: ${d.message}${d.availableZones.length === 0 ? '' : `; next: ${d.availableZones.join(', ')}`}`,
  ),
  'capacity.waiting': event<{
    fleet: string
    nodes: number
    /** Which wait it is, from 1. */
    attempt: number
    delayMs: number
    /** When it is given up, in milliseconds since the epoch. */
    until: number
    reason: string
  }>(
    'info',
    (d) =>
      `${d.fleet}: waiting for room for ${d.nodes} ${d.nodes === 1 ? 'node' : 'nodes'}; all is tried again in ${seconds(d.delayMs)}, until ${new Date(d.until).toISOString().slice(0, 19)}Z`,
  ),
} as const
