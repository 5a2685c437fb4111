import { describe, expect, it } from 'vitest'
import { raiseFleet } from '../../../../src/app/fleet/raise.ts'
import { planFleet } from '../../../../src/app/plan/plan-fleet.ts'
import { MusterError } from '../../../../src/core/errors/muster-error.ts'
import type { FleetSpec } from '../../../../src/core/fleet/spec.ts'
import type { LaunchRequest, TemplateRequest } from '../../../../src/ports/compute.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { FLEET, playNodes } from '../sample.ts'

function world(): FakeServices {
  const services = fakeServices()
  playNodes(services)
  return services
}

const fleet = (overrides: Partial<FleetSpec>): FleetSpec => ({ ...FLEET, storage: null, ...overrides })
const launches = ({ compute }: FakeServices) =>
  compute.calls.filter(({ name }) => name === 'launchCohort').map(({ args }) => args[0] as LaunchRequest)
const templates = ({ compute }: FakeServices) =>
  compute.calls.filter(({ name }) => name === 'ensureTemplate').map(({ args }) => args[0] as TemplateRequest)
const tried = (services: FakeServices) =>
  launches(services).map(({ purchase, instanceType, zone }) => `${purchase} ${instanceType} ${zone}`)

describe('the ladder', () => {
  it('takes the second type of the list where the first has no room anywhere; its own facts count from then on', async () => {
    const services = world()
    services.compute.shortage('c7gn.16xlarge')
    const types = ['c7gn.16xlarge', 'hpc7g.4xlarge']
    const raised = await raiseFleet(fleet({ types }), services)
    expect(raised).toMatchObject({ instanceType: 'hpc7g.4xlarge', nodes: [{}, {}] })
    expect(services.events.of('fleet.ready')).toMatchObject([{ instanceType: 'hpc7g.4xlarge', efaInterfaces: 1 }])
    expect(tried(services)).toHaveLength(4)
    expect(templates(services).map(({ instanceType }) => instanceType)).toEqual(types)
    expect(services.compute.called('ensureSecurityGroup')).toBe(1)
    expect(await raiseFleet(fleet({ types }), services)).toMatchObject({ warm: true, instanceType: 'hpc7g.4xlarge' })
  })

  it('says every rung that is tried with its price, and every refusal with its reason', async () => {
    const services = world()
    services.compute.shortage('c7gn.16xlarge', '*', 1)
    await raiseFleet(fleet({ types: ['c7gn.16xlarge'], capacity: ['spot', 'on-demand'] }), services)
    expect(services.events.of('capacity.trying')).toMatchObject([
      { purchase: 'spot', zone: 'us-east-1b', usdPerHour: 1.2, step: { nth: 1, of: 6 } },
      { purchase: 'spot', zone: 'us-east-1a', usdPerHour: 1.6, step: { nth: 2, of: 6 } },
    ])
    expect(services.events.of('capacity.refused')).toMatchObject([{ zone: 'us-east-1b', code: 'CapacityShortage' }])
    expect(services.events.of('action.failed')).toEqual([])
  })

  it('buys as the rung says: Spot first, on demand where there is none', async () => {
    const services = world()
    services.compute.shortage('*', '*', 3)
    await raiseFleet(fleet({ types: ['c7gn.16xlarge'], capacity: ['spot', 'on-demand'] }), services)
    expect(launches(services).map(({ purchase }) => purchase)).toEqual(['spot', 'spot', 'spot', 'on-demand'])
    expect(templates(services).map(({ purchase }) => purchase)).toEqual(['spot', 'on-demand'])
  })

  it('goes next to the zone that a refusal names', async () => {
    const services = world()
    const data = { zones: ['us-east-1c'] }
    services.compute.failNext('launchCohort', new MusterError('CapacityShortage', 'choosing us-east-1c', { data }))
    await raiseFleet(FLEET, services)
    expect(launches(services).map(({ zone }) => zone)).toEqual(['us-east-1a', 'us-east-1c'])
  })

  it('begins the next command with what is likely to work', async () => {
    const services = world()
    services.compute.shortage('*', 'us-east-1a')
    await raiseFleet(FLEET, services)
    const later = world()
    for (const shortage of services.shortages.kept)
      await later.shortages.remember({ ...shortage, at: later.clock.now() })
    const plan = await planFleet(FLEET, later)
    expect(plan.rungs.map(({ zone, refused }) => [zone, refused !== null])).toEqual([
      ['us-east-1b', false],
      ['us-east-1c', false],
      ['us-east-1a', true],
    ])
    await raiseFleet(FLEET, later)
    expect(launches(later).map(({ zone }) => zone)).toEqual(['us-east-1b'])
  })

  it('takes nodes from a reservation by name, outside of a group of its own', async () => {
    const services = world()
    const { id } = services.compute.reserve({ instanceType: 'hpc7g.16xlarge', zone: 'us-east-1c', total: 2 })
    await raiseFleet(fleet({ capacity: ['reservation', 'on-demand'] }), services)
    expect(launches(services)).toMatchObject([{ reservation: id, zone: 'us-east-1c', placementGroup: null }])
    expect(templates(services)).toMatchObject([{ purchase: 'reservation', reservation: id }])
    expect(services.compute.called('ensurePlacementGroup')).toBe(0)
  })

  it('passes over a type whose quota is too small, and fails with the quota where none is left', async () => {
    const services = world()
    services.quotas.limit('L-1216C47A', 64)
    await raiseFleet(fleet({ types: ['c7gn.16xlarge', 'hpc7g.16xlarge'] }), services)
    expect(tried(services)).toEqual(['on-demand hpc7g.16xlarge us-east-1a'])
    const poor = world()
    poor.quotas.limit('L-1216C47A', 64)
    await expect(raiseFleet(fleet({ types: ['c7gn.16xlarge'] }), poor)).rejects.toMatchObject({ code: 'QuotaExceeded' })
    expect(launches(poor)).toEqual([])
    expect(poor.shortages.kept).toEqual([])
  })

  it('asks for neither prices nor reservations where the fleet is up', async () => {
    const services = world()
    await raiseFleet(fleet({ capacity: ['on-demand', 'reservation'] }), services)
    const asked = services.prices.calls.length + services.compute.called('reservations')
    await raiseFleet(fleet({ capacity: ['on-demand', 'reservation'] }), services)
    expect(services.prices.calls.length + services.compute.called('reservations')).toBe(asked)
  })
})

describe('types that cannot do what is asked', () => {
  it('are dropped from a list, saying why', async () => {
    const services = world()
    await raiseFleet(fleet({ types: ['t3.micro', 'hpc7g.16xlarge'] }), services)
    expect(services.events.of('capacity.type-dropped')).toEqual([
      { fleet: 'hpc', instanceType: 't3.micro', why: 'cannot be in a cluster placement group' },
    ])
    expect(launches(services)).toMatchObject([{ instanceType: 'hpc7g.16xlarge' }])
  })

  it.each<[string, Partial<FleetSpec>, string, RegExp]>([
    ['no such placement', { types: ['t3.micro'] }, 'InstanceTypeUnfit', /t3.micro.*cluster.*these can: hpc6a.48xlarge/],
    ['no Spot', { capacity: ['spot'] }, 'InstanceTypeUnfit', /spot hpc7g.16xlarge: .* not sold so; these can: c7gn/],
    ['not in these zones', { zones: ['us-east-1z'] }, 'InstanceTypeUnfit', /us-east-1z: .* us-east-1a, us-east-1b/],
    ['no such reservation', { capacity: ['reservation'], reservation: 'cr-1' }, 'InstanceTypeUnfit', /no such reserv/],
    [
      'a need that nothing meets',
      { types: [], need: need(999) },
      'InstanceTypeUnfit',
      /no instance type of the region/,
    ],
  ])('are refused by plan and up alike before anything is made: %s', async (_, overrides, code, message) => {
    for (const use of [planFleet, raiseFleet]) {
      const services = world()
      const refusal = { code, message: expect.stringMatching(message) }
      await expect(use(fleet(overrides), services), use.name).rejects.toMatchObject(refusal)
      expect(await services.compute.fleets()).toEqual([])
    }
  })

  it('of a need are not meant: the smallest that will do is taken', async () => {
    const services = world()
    await raiseFleet(fleet({ types: [], need: { ...need(20), architecture: 'arm64' } }), services)
    expect(launches(services)).toMatchObject([{ instanceType: 'hpc7g.16xlarge' }])
    expect(services.events.of('capacity.type-dropped')).toEqual([])
  })
})

function need(cores: number) {
  return { cores, memoryMiB: 0, architecture: null, gpus: 0 }
}

describe('the plan', () => {
  it('shows the rungs with their prices and what was left out; the worst case is the dearest rung', async () => {
    const types = ['c7gn.16xlarge', 'hpc7g.16xlarge']
    const plan = await planFleet(fleet({ types, capacity: ['spot', 'on-demand'], zones: ['us-east-1b'] }), world())
    expect(
      plan.rungs.map(({ purchase, instanceType, usdPerHourInAll }) => [purchase, instanceType, usdPerHourInAll]),
    ).toEqual([
      ['spot', 'c7gn.16xlarge', 2.4],
      ['on-demand', 'c7gn.16xlarge', 7.9872],
      ['on-demand', 'hpc7g.16xlarge', 3.3664],
    ])
    expect(plan.leftOut).toMatchObject([{ purchase: 'spot', instanceType: 'hpc7g.16xlarge' }])
    expect(plan.cost.usdPerHour.total).toBeCloseTo(2.4)
    expect(plan.worstCase.usd.total).toBeCloseTo(168 * 7.9872)
  })

  it('is of the first rung that the quotas allow', async () => {
    const services = world()
    services.quotas.limit('L-34B43A08', 10)
    const plan = await planFleet(fleet({ types: ['c7gn.16xlarge'], capacity: ['spot', 'on-demand'] }), services)
    expect(plan.actions.map(({ what }) => what)).toContain('+2 c7gn.16xlarge us-east-1a cluster, EFA x1')
    expect(plan.rungs[0]).toMatchObject({ purchase: 'on-demand' })
    expect(plan.rungs.at(-1)?.refused).toContain('L-34B43A08')
  })
})
