import { expect, it } from 'vitest'
import type { FleetWorker } from '../../../../src/app/controller/fleet-worker.ts'
import { refined } from '../../../../src/app/controller/refine-reason.ts'
import type { ObservedNode } from '../../../../src/core/fleet/observed.ts'
import { node, nothing, spec } from '../../core/plan/model-world.ts'

const READY = { stages: new Set(['installed', 'mounted', 'trusted', 'verified'] as const), online: true }

/** What the fleet makes of a task that the schedule could not place. */
function why(...nodes: ObservedNode[]) {
  const fleet = { name: 'hpc', observed: () => ({ ...nothing, nodes }), spec: () => spec({}), pending: () => [] }
  const seen = { ranges: new Map(), means: new Map() }
  return refined({ kind: 'behind-others' }, 1, fleet as unknown as FleetWorker, seen).kind
}

it('a task whose nodes boot is not behind others: nobody has what it waits for', () => {
  expect(why(node('i-1'))).toBe('nodes-coming')
  expect(why(node('i-1'), node('i-2', READY))).toBe('behind-others')
  expect(why(node('i-2', READY))).toBe('behind-others')
})
