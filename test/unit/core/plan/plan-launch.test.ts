import { describe, expect, it } from 'vitest'
import { NO_LADDER } from '../../../../src/core/capacity/ladder.ts'
import type { PlacedRung } from '../../../../src/core/capacity/rung.ts'
import { SHORTAGE_MS, type Shortage } from '../../../../src/core/capacity/shortage.ts'
import type { ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import { DEADLINES } from '../../../../src/core/plan/deadlines.ts'
import { describeAction } from '../../../../src/core/plan/describe-action.ts'
import { NO_LADDER_YET } from '../../../../src/core/plan/plan-launch.ts'
import { planRaise } from '../../../../src/core/plan/plan-raise.ts'
import type { RaiseInput } from '../../../../src/core/plan/raise-input.ts'
import { NOW, known, nothing, spec } from './model-world.ts'

function input(observed: ObservedFleet, overrides: Partial<RaiseInput> = {}): RaiseInput {
  const { wanted = spec() } = overrides
  return { ...known(wanted), observed, launched: [], deadlines: DEADLINES, now: NOW, ...overrides }
}

function refusal(zone: string, overrides: Partial<Shortage> = {}): Shortage {
  return {
    purchase: 'on-demand',
    instanceType: 'hpc7g.16xlarge',
    zone,
    reservation: null,
    placementGroup: 'muster-hpc',
    count: 4,
    code: 'CapacityShortage',
    message: 'InsufficientInstanceCapacity',
    availableZones: [],
    at: NOW,
    ...overrides,
  }
}

const zoneOf = (earlier: readonly Shortage[]) =>
  planRaise(input(nothing, { earlier })).actions.find((action) => action.kind === 'launch-cohort')?.zone

describe('no room', () => {
  it('tries the next zone, and fails naming all when every zone has refused', () => {
    const next = planRaise(input(nothing, { shortages: [refusal('us-east-1a')] }))
    expect(next.actions.find((action) => action.kind === 'launch-cohort')).toMatchObject({
      zone: 'us-east-1b',
      attempt: 0,
    })
    const last = planRaise(input(nothing, { shortages: [refusal('us-east-1a'), refusal('us-east-1b')] }))
    expect(last.failure).toMatchObject({ code: 'CapacityShortage' })
    expect(last.failure?.message).toContain('on-demand hpc7g.16xlarge in us-east-1b: InsufficientInstanceCapacity')
    expect(last.failure?.data).toMatchObject({ rungs: [{ zone: 'us-east-1a' }, { zone: 'us-east-1b' }] })
  })

  it('begins elsewhere where another command was refused a moment ago, and forgets it after some minutes', () => {
    expect(zoneOf([refusal('us-east-1a')])).toBe('us-east-1b')
    expect(zoneOf([refusal('us-east-1a'), refusal('us-east-1b', { at: NOW - 1 })])).toBe('us-east-1b')
    expect(zoneOf([refusal('us-east-1a', { at: NOW - SHORTAGE_MS })])).toBe('us-east-1a')
    expect(zoneOf([refusal('us-east-1a', { count: 5 })])).toBe('us-east-1a')
  })

  it('makes template and group for the rung: no group of its own for a block', () => {
    const wanted = spec({ capacity: ['capacity-block'], placement: 'cluster' })
    const rung: PlacedRung = {
      purchase: 'capacity-block',
      instanceType: 'hpc7g.16xlarge',
      zone: 'us-east-1b',
      reservation: 'cr-1',
      usdPerHour: 0,
      placement: 'none',
      placementGroup: null,
    }
    const plan = planRaise(input(nothing, { wanted, ladder: { rungs: [rung], leftOut: [] } }))
    expect(plan.actions.map(describeAction)).toEqual([
      '+ security group',
      '+ launch template',
      '+4 hpc7g.16xlarge us-east-1b, capacity-block cr-1, EFA x1',
      '+ file system',
    ])
    expect(plan.actions.find((action) => action.kind === 'create-template')).toMatchObject({ rung })
  })

  it('waits for the ladder where nobody has looked it up yet', () => {
    const plan = planRaise(input(nothing, { ladder: NO_LADDER }))
    expect(plan).toMatchObject({ failure: null, converged: false, waits: [NO_LADDER_YET] })
  })
})
