import { capacitySpec, type FleetConflict } from './capacity-spec.ts'
import type { FleetFields } from './schema/muster-file.ts'
import type { ChangeFields, ScalingFields } from './schema/scaling.ts'
import { scheduleConflicts } from './schedule-conflicts.ts'
import { stepConflicts } from './step-conflicts.ts'

type Policy = NonNullable<ScalingFields['policy']>
type Key = Exclude<keyof ScalingFields, 'policy' | 'schedules'>

/** What each policy goes by; the first of them it cannot do without. */
const KEYS: Readonly<Record<Policy, { readonly needs: readonly Key[]; readonly may: readonly Key[] }>> = {
  queue: { needs: [], may: [] },
  'target-tracking': { needs: ['target'], may: ['metric'] },
  step: { needs: ['threshold', 'steps'], may: ['metric'] },
  simple: { needs: ['threshold', 'change'], may: ['metric', 'cooldown'] },
}

const ALL: readonly Key[] = ['metric', 'target', 'threshold', 'steps', 'change', 'cooldown']

/** Keys of `scaling:` that do not go together, or would do harm. */
export function scalingConflicts(fields: FleetFields): FleetConflict[] {
  const { scaling } = fields
  if (scaling === undefined) return []
  const { minNodes, maxNodes } = capacitySpec(fields)
  return [
    ...ofPolicy(scaling),
    ...ofBusy(scaling),
    ...ofChange(scaling),
    ...stepConflicts(scaling.steps ?? []),
    ...scheduleConflicts(scaling.schedules ?? [], { min: minNodes, max: maxNodes }),
  ].map(({ key, text }) => ({ key: ['scaling', ...key], text }))
}

function ofPolicy(scaling: ScalingFields): FleetConflict[] {
  const policy = scaling.policy ?? 'queue'
  const { needs, may } = KEYS[policy]
  const missing = needs.filter((key) => scaling[key] === undefined)
  const odd = ALL.filter((key) => scaling[key] !== undefined && !needs.includes(key) && !may.includes(key))
  return [
    ...odd.map((key) => ({
      key: [key],
      text: `goes with ${policiesWith(key)} only, and the policy is ${policy}; name one of them, or leave it out`,
    })),
    ...missing.map((key) => ({ key: ['policy'], text: `is ${policy}, which needs ${key} beside it` })),
  ]
}

function policiesWith(key: Key): string {
  const names = Object.entries(KEYS).flatMap(([name, { needs, may }]) => ([...needs, ...may].includes(key) ? name : []))
  return `policy: ${names.join(', ')}`
}

/** The part of the nodes that work is never above 1: nothing would ever be launched. */
function ofBusy({ metric, target, threshold }: ScalingFields): FleetConflict[] {
  if (metric !== 'busy') return []
  const never = 'but busy is the part of the nodes that work, from 0 to 1, so that nothing would be launched; use'
  const conflicts: FleetConflict[] = []
  if (target !== undefined && target > 1) conflicts.push({ key: ['target'], text: `is ${target}, ${never} 0.8 or so` })
  if (threshold !== undefined && threshold >= 1) {
    conflicts.push({ key: ['threshold'], text: `is ${threshold}, ${never} one below 1` })
  }
  return conflicts
}

function ofChange({ change }: ScalingFields): FleetConflict[] {
  if (change === undefined || growth(change) > 0) return []
  const text =
    'is made when there is too much work, so it has to add nodes; nodes that are idle end by themselves (idle)'
  return [{ key: ['change'], text }]
}

/** Above 0 where it makes a fleet larger; `exact` may do either. */
function growth({ add, exact, percent }: ChangeFields): number {
  return add ?? percent ?? exact ?? 0
}
