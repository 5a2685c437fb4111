import type { FleetSpec } from '../../core/fleet/spec.ts'
import { rangeInForce, type NodeRange } from '../../core/scaling/range-in-force.ts'
import { parseCron, type Firings } from '../../kit/cron.ts'
import type { FleetWorker } from './fleet-worker.ts'

type Described = Pick<FleetWorker, 'name' | 'spec'>

/** Says how few and how many nodes fleets may have at a time, by their schedules. Each expression is parsed once. */
export function rangeReader(): (fleets: readonly Described[], at: number) => Promise<ReadonlyMap<string, NodeRange>> {
  const parsed = new Map<string, Firings>()
  const rangeOf = async ({ minNodes, maxNodes, scaling: { schedules } }: FleetSpec, at: number): Promise<NodeRange> => {
    const fired: (number | null)[] = []
    for (const { cron, timeZone } of schedules) {
      const key = `${timeZone} ${cron}`
      const firings = parsed.get(key) ?? (await parseCron(cron, timeZone))
      parsed.set(key, firings)
      fired.push(firings.last(at))
    }
    return rangeInForce({ min: minNodes, max: maxNodes }, schedules, fired)
  }
  return async (fleets, at) => {
    const ranges = new Map<string, NodeRange>()
    for (const { name, spec } of fleets) ranges.set(name, await rangeOf(spec(), at))
    return ranges
  }
}
