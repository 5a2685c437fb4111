import type { NodeRange } from '../core/scaling/range-in-force.ts'
import type { FleetConflict } from './capacity-spec.ts'
import type { ScalingFields } from './schema/scaling.ts'

type Schedule = NonNullable<ScalingFields['schedules']>[number]

/** Bounds that contradict each other or those of the fleet. */
export function scheduleConflicts(schedules: readonly Schedule[], nodes: NodeRange): FleetConflict[] {
  return [
    ...schedules.flatMap((one, nth) =>
      ofRange(one, nodes).map(({ key, text }) => ({ key: ['schedules', nth, key], text })),
    ),
    ...twice(schedules),
  ]
}

function ofRange({ min, max }: Schedule, nodes: NodeRange): { readonly key: string; readonly text: string }[] {
  if (max !== undefined && max > nodes.max) {
    return [{ key: 'max', text: `is ${max}, but the fleet may have ${nodes.max} at most; raise nodes.max` }]
  }
  const most = max ?? nodes.max
  if (min !== undefined && min > most) {
    const whose = max === undefined ? `nodes.max, ${most}; raise that` : `its max, ${most}; lower min, or raise max`
    return [{ key: 'min', text: `is ${min}, above ${whose}` }]
  }
  if (min === undefined && nodes.min > most) {
    return [{ key: 'max', text: `is ${most}, below nodes.min, ${nodes.min}; say min as well` }]
  }
  return []
}

/** Two that always fire together: only one of them would ever count. */
function twice(schedules: readonly Schedule[]): FleetConflict[] {
  const seen = new Map<string, number>()
  return schedules.flatMap(({ cron, timeZone }, nth) => {
    const when = `${cron.trim().replaceAll(/\s+/g, ' ')} ${timeZone ?? 'UTC'}`
    const before = seen.get(when)
    if (before === undefined) seen.set(when, nth)
    return before === undefined
      ? []
      : [{ key: ['schedules', nth, 'cron'], text: `fires whenever schedules[${before}] does; put both into one` }]
  })
}
