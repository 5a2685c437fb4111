import type { Adjustment, ScalingPolicy, ScalingSpec } from '../core/scaling/policy.ts'
import { parseDuration } from './duration.ts'
import type { ChangeFields, ScalingFields } from './schema/scaling.ts'

/** EC2's default cooldown (EC2 Auto Scaling User Guide, "Scaling cooldowns"). */
const COOLDOWN_S = 300

/** `scaling:` of a fleet as its lines say. What a policy needs is there: `scalingConflicts` has looked. */
export function scalingSpec(fields: ScalingFields): ScalingSpec {
  return {
    policy: policyOf(fields),
    schedules: (fields.schedules ?? []).map(({ cron, timeZone, min, max }) => ({
      cron,
      timeZone: timeZone ?? 'UTC',
      min: min ?? null,
      max: max ?? null,
    })),
  }
}

function policyOf(fields: ScalingFields): ScalingPolicy {
  const { policy: kind = 'queue', metric = 'backlog', target = 1, threshold = 0, steps = [], change, cooldown } = fields
  if (kind === 'queue') return { kind }
  if (kind === 'target-tracking') return { kind, metric, target }
  if (kind === 'simple') {
    const seconds = cooldown === undefined ? COOLDOWN_S : (parseDuration(cooldown) ?? COOLDOWN_S)
    return { kind, metric, threshold, change: adjustment(change ?? {}), cooldownMs: seconds * 1000 }
  }
  const inOrder = steps
    .map((step) => ({ from: step.from ?? null, to: step.to ?? null, change: adjustment(step.change) }))
    .toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity))
  return { kind, metric, threshold, steps: inOrder }
}

function adjustment({ add, exact, percent }: ChangeFields): Adjustment {
  if (exact !== undefined) return { kind: 'exact', nodes: exact }
  if (percent !== undefined) return { kind: 'percent', percent }
  return { kind: 'add', nodes: add ?? 0 }
}
