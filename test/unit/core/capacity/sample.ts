import type { LadderInput } from '../../../../src/core/capacity/ladder.ts'
import type { Reservation } from '../../../../src/core/capacity/reservation.ts'
import type { InstanceFacts } from '../../../../src/core/fleet/instance-facts.ts'
import { NOW, facts, spec } from '../plan/model-world.ts'

export const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'] as const

/** An instance type as the ladder sees it. */
export function type(instanceType: string, overrides: Partial<InstanceFacts> = {}): InstanceFacts {
  return { ...facts, instanceType, purchases: ['on-demand', 'spot', 'capacity-block'], zones: ZONES, ...overrides }
}

export function reservation(id: string, overrides: Partial<Reservation> = {}): Reservation {
  return {
    id,
    kind: 'reservation',
    instanceType: 'a.large',
    zone: 'us-east-1b',
    total: 8,
    available: 8,
    match: 'open',
    state: 'active',
    startsAt: null,
    endsAt: null,
    placementGroup: null,
    ...overrides,
  }
}

export const noPrices = { onDemand: () => null, spot: () => null }

export function input(
  wanted: Parameters<typeof spec>[0],
  rest: Partial<Omit<LadderInput, 'wanted'>> = {},
): LadderInput {
  const types = [type('a.large'), type('b.large')]
  return { wanted: spec(wanted), types, reservations: [], prices: noPrices, now: NOW, ...rest }
}
