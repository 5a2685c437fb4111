import type { ScalingPolicy } from '../../../src/core/scaling/policy.ts'

const MINUTE = 60_000

/** The policies that are compared, as docs/scaling.md writes them. */
export const POLICIES: Readonly<Record<string, ScalingPolicy>> = {
  queue: { kind: 'queue' },
  'target-tracking': { kind: 'target-tracking', metric: 'backlog', target: 1 },
  step: {
    kind: 'step',
    metric: 'waiting',
    threshold: 0.1,
    steps: [
      { from: 0, to: 2, change: { kind: 'add', nodes: 8 } },
      { from: 2, to: null, change: { kind: 'percent', percent: 50 } },
    ],
  },
  simple: {
    kind: 'simple',
    metric: 'waiting',
    threshold: 0.1,
    change: { kind: 'add', nodes: 16 },
    cooldownMs: 5 * MINUTE,
  },
}
