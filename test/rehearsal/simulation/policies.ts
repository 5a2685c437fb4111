import { QUEUE_DRIVEN, type ScalingPolicy, type ScalingSpec } from '../../../src/core/scaling/policy.ts'

const MINUTE = 60_000

const unscheduled = (policy: ScalingPolicy): ScalingSpec => ({ policy, schedules: [] })

/** The policies that are compared, as docs/scaling.md writes them. */
export const POLICIES: Readonly<Record<string, ScalingSpec>> = {
  queue: QUEUE_DRIVEN,
  'target-tracking': unscheduled({ kind: 'target-tracking', metric: 'backlog', target: 1 }),
  step: unscheduled({
    kind: 'step',
    metric: 'waiting',
    threshold: 0.1,
    steps: [
      { from: 0, to: 2, change: { kind: 'add', nodes: 8 } },
      { from: 2, to: null, change: { kind: 'percent', percent: 50 } },
    ],
  }),
  simple: unscheduled({
    kind: 'simple',
    metric: 'waiting',
    threshold: 0.1,
    change: { kind: 'add', nodes: 16 },
    cooldownMs: 5 * MINUTE,
  }),
  scheduled: {
    ...QUEUE_DRIVEN,
    schedules: [
      { cron: '45 7 * * 1-5', timeZone: 'Europe/Berlin', min: 32, max: null },
      { cron: '0 18 * * 1-5', timeZone: 'Europe/Berlin', min: 0, max: null },
    ],
  },
}
