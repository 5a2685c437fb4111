import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import { isQuarantined, type NodeMark } from '../../../../src/core/fleet/quarantine.ts'
import { cohortsOf, isWhole } from '../../../../src/core/plan/cohort.ts'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import { planCohorts } from '../../../../src/core/plan/plan-cohorts.ts'
import { wishesOf } from '../../../../src/core/queue/wishes.ts'
import { converge, known, node, nothing, NOW, spec } from './model-world.ts'

const MARK: NodeMark = { by: 'check', since: NOW, why: 'the mount is gone' }

/** Two cohorts that are up, with some nodes quarantined. */
function world(sizes: readonly number[], bad: ReadonlySet<string>, lead: boolean): ObservedFleet {
  const nodes = sizes.flatMap((size, index) =>
    Array.from({ length: size }, (_, at) => {
      const id = `i-${index}-${at}`
      return node(id, {
        cohort: `c${index}x${size}`,
        stages: new Set(['installed', 'mounted', 'trusted', 'verified']),
        lead: lead && at === 0,
        mark: bad.has(id) ? MARK : null,
      })
    }),
  )
  return {
    ...nothing,
    nodes,
    securityGroup: { id: 'sg-1' },
    template: { id: 'lt-1', version: 1, fingerprint: 'f', createdAt: null },
  }
}

const plan = (badNodes: 'replace' | 'keep', busy: ReadonlySet<string>) => (observed: ObservedFleet) => {
  const wanted = spec({ nodes: 1, storage: null, badNodes })
  const wishes = wishesOf(observed.nodes, new Set(), [])
  const given = { ...known(wanted), observed, launched: [], deadlines: DEADLINES, now: NOW, busy }
  return planCohorts({ ...given, wishes, surplus: 'drain' })
}

const someOf = (ids: readonly string[]) => fc.subarray([...ids]).map((some) => new Set(some))
const given = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }).chain((sizes) => {
  const ids = sizes.flatMap((size, index) => Array.from({ length: size }, (_, at) => `i-${index}-${at}`))
  return fc.record({ sizes: fc.constant(sizes), bad: someOf(ids), busy: someOf(ids), lead: fc.boolean() })
})

describe('nodes that are quarantined', () => {
  it('have left their cohorts at once, which are whole without them', () => {
    fc.assert(
      fc.property(given, ({ sizes, bad, lead }) => {
        const cohorts = cohortsOf(world(sizes, bad, lead).nodes)
        for (const cohort of cohorts) {
          expect(cohort.nodes.some(isQuarantined)).toBe(false)
          expect(isWhole(cohort)).toBe(cohort.nodes.length > 0)
        }
        expect(cohorts.flatMap((one) => one.draining.map(({ id }) => id)).toSorted()).toEqual([...bad].toSorted())
      }),
    )
  })

  it('are ended as soon as no job runs on them, and nothing else is', () => {
    fc.assert(
      fc.property(given, ({ sizes, bad, busy, lead }) => {
        const before = world(sizes, bad, lead)
        const { world: after } = converge(before, (seen) => {
          const next = plan('replace', busy)(seen)
          // What waits for a job is as far as it comes.
          return { ...next, converged: next.actions.length === 0 }
        })
        for (const one of after.nodes) {
          expect(one.state, one.id).toBe(bad.has(one.id) && !busy.has(one.id) ? 'terminated' : 'running')
        }
      }),
    )
  })

  it('stay where the fleet keeps them, and nothing waits for them', () => {
    fc.assert(
      fc.property(given, ({ sizes, bad, busy, lead }) => {
        const { world: after } = converge(world(sizes, bad, lead), plan('keep', busy))
        expect(after.nodes.every((one) => one.state === 'running')).toBe(true)
        expect(
          cohortsOf(after.nodes)
            .filter(isWhole)
            .flatMap((one) => one.nodes),
        ).toHaveLength(after.nodes.length - bad.size)
      }),
    )
  })
})
