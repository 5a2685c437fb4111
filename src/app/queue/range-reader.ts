import type { FleetSpec } from '../../core/fleet/spec.ts'
import { rangeInForce, type NodeRange } from '../../core/scaling/range-in-force.ts'
import { parseCron, type Firings } from '../../kit/cron.ts'

/** Says how few and how many nodes a fleet may have at a time, by its schedules. Each expression is parsed once. */
export function rangeReader(): (spec: FleetSpec, at: number) => Promise<NodeRange> {
  const parsed = new Map<string, Firings>()
  return async ({ minNodes, maxNodes, scaling: { schedules } }, at) => {
    const fired: (number | null)[] = []
    for (const { cron, timeZone } of schedules) {
      const key = `${timeZone} ${cron}`
      const firings = parsed.get(key) ?? (await parseCron(cron, timeZone))
      parsed.set(key, firings)
      fired.push(firings.last(at))
    }
    return rangeInForce({ min: minNodes, max: maxNodes }, schedules, fired)
  }
}
