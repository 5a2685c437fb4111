import { expect, it } from 'vitest'
import { rungsBeside } from '../../../../src/core/capacity/beside.ts'
import { cohortsOf } from '../../../../src/core/plan/cohort.ts'
import { planCohorts } from '../../../../src/core/plan/plan-cohorts.ts'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import type { FleetSpec } from '../../../../src/core/fleet/spec.ts'
import { facts, known, node, nothing, NOW, spec } from '../plan/model-world.ts'

const OTHER = 'hpc7a.96xlarge'
const up = (zone: string) => [0, 1, 2, 3].map((index) => node(`i-${index}`, { zone }))

function zones(overrides: Partial<FleetSpec>, nodes = up('us-east-1b')): string[] {
  const { wanted, ladder } = known(spec(overrides))
  return rungsBeside(wanted, ladder, cohortsOf(nodes)).map(({ zone }) => zone)
}

it('takes only the zone of the nodes that are up into a cluster placement group', () => {
  expect(zones({ placement: 'cluster' })).toEqual(['us-east-1b'])
})

it('prefers that zone where none has to be, and keeps the others', () => {
  expect(zones({ placement: 'none' })).toEqual(['us-east-1b', 'us-east-1a'])
  expect(zones({ placement: 'spread' })).toEqual(['us-east-1b', 'us-east-1a'])
  expect(zones({ placement: 'none', order: 'price' })).toEqual(['us-east-1a', 'us-east-1b'])
})

it('is free where no whole cohort is up', () => {
  expect(zones({ placement: 'cluster' }, [])).toEqual(['us-east-1a', 'us-east-1b'])
  expect(zones({ placement: 'cluster' }, up('us-east-1b').slice(1))).toEqual(['us-east-1a', 'us-east-1b'])
})

it('launches the second cohort beside the first, and says so where its type is not sold there', () => {
  const wanted = spec({ placement: 'cluster', storage: null })
  const types = [facts, { ...facts, instanceType: OTHER, zones: ['us-east-1a'] }]
  const second = (instanceType: string | null) =>
    planCohorts({
      ...known({ ...wanted, types: [facts.instanceType, OTHER] }, types),
      observed: { ...nothing, nodes: up('us-east-1b') },
      wishes: [
        { index: 0, nodes: 4, instanceType: null, exact: false },
        { nodes: 2, instanceType, exact: true },
      ],
      surplus: 'keep',
      busy: new Set(),
      launched: [],
      deadlines: DEADLINES,
      now: NOW,
    })
  const launch = second(facts.instanceType).actions.find(({ kind }) => kind === 'launch-cohort')
  expect(launch).toMatchObject({ cohort: 'c1x2', zone: 'us-east-1b', placementGroup: 'muster-hpc' })
  expect(second(OTHER).failure).toMatchObject({
    code: 'InstanceTypeUnfit',
    message: expect.stringContaining(
      `is in us-east-1b, and its cluster placement group cannot span zones: there is only on-demand ${OTHER} in us-east-1a`,
    ) as unknown,
  })
})
