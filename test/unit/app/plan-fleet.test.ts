import { describe, expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { takeDown } from '../../../src/app/fleet/take-down.ts'
import { planFleet } from '../../../src/app/plan/plan-fleet.ts'
import { planRemoval } from '../../../src/app/plan/plan-removal.ts'
import { readStatus } from '../../../src/app/status/status.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes } from './sample.ts'

function world(): FakeServices {
  const services = fakeServices()
  playNodes(services)
  return services
}

const READS: readonly string[] = [
  'observe',
  'facts',
  'imageFacts',
  'fleets',
  'network',
  'online',
  'whoAmI',
  'onDemand',
  'vcpus',
]

/** Calls that could have changed something. */
function changes({ compute, storage, remote, quotas, journal }: FakeServices): string[] {
  const calls = [...compute.calls, ...storage.calls, ...remote.calls, ...quotas.calls].map((call) => call.name)
  return [...calls.filter((name) => !READS.includes(name)), ...journal.lines.map((line) => line.action)]
}

describe('planning a raise', () => {
  it('names exactly the actions that the raise then does, in their order, and changes nothing', async () => {
    const services = world()
    const plan = await planFleet(FLEET, services)
    expect(changes(services)).toEqual([])
    expect(services.locks.held.size).toBe(0)
    await raiseFleet(FLEET, services)
    const done = services.journal.lines.filter((line) => line.line === 'intend').map((line) => line.action)
    expect(plan.actions.map(({ id }) => id).toSorted()).toEqual(done.toSorted())
    expect(plan).toMatchObject({ goal: 'raise', fleet: 'hpc', converged: false, waits: [], job: null })
  })

  it('tells price and worst case, what is unknown as unknown, and the time until a rank starts', async () => {
    const services = world()
    services.prices.failNext('storage', new MusterError('NotSupported', 'it knows no FSx'))
    const { cost, worstCase, expected } = await planFleet(FLEET, services)
    expect(cost.usdPerHour).toEqual({ total: null, known: 2 * 1.6832 })
    expect(worstCase).toEqual({ hours: 168, usd: { total: null, known: 168 * 2 * 1.6832 }, by: 'maxLife' })
    expect(expected.ready.leastMs).toBeGreaterThan(0)
    const whole = await planFleet({ ...FLEET, storage: null }, world())
    expect(whole.cost.usdPerHour.total).toBeCloseTo(3.3664)
    const disk = (1200 * 0.14) / 730
    expect((await planFleet(FLEET, world())).cost.usdPerHour.total).toBeCloseTo(3.3664 + disk)
  })

  it('is already as wanted where the fleet is up', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    const plan = await planFleet(FLEET, services, { job: JOB, keep: true })
    expect(plan).toMatchObject({ converged: true, actions: [], waits: [], job: { name: 'hello', keep: true } })
    expect(plan.expected.phases).toEqual([])
  })

  it('uses the times that were measured here', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    await takeDown(FLEET.name, services)
    const { expected } = await planFleet(FLEET, services)
    expect(expected.source).toBe('measured in the last raise from this machine')
    expect(expected.ready.leastMs).toBe(expected.ready.mostMs)
  })

  it('knows no price where the price list cannot be read, and says why to who asks', async () => {
    const services = world()
    services.prices.failNext('onDemand', new MusterError('NotAllowed', 'no right to pricing:GetProducts'))
    const { cost } = await planFleet(FLEET, services)
    expect(cost.usdPerHour).toEqual({ total: null, known: cost.parts[1]?.usdPerHour })
    expect(cost.parts[0]?.usdPerHour).toBeNull()
    expect(services.events.of('price.unknown')).toMatchObject([{ reason: 'no right to pricing:GetProducts' }])
  })

  it('tells the quota that the launch counts against, and refuses what is more with the command that asks for it', async () => {
    const services = world()
    services.quotas.limit('L-F7808C92', 127)
    await expect(planFleet(FLEET, services)).rejects.toMatchObject({
      code: 'QuotaExceeded',
      exitCode: 5,
      suggestions: [
        expect.stringContaining('--quota-code L-F7808C92 --desired-value 128'),
        "set 'nodes: 1' for the fleet in muster.yaml",
      ],
    })
    services.quotas.limit('L-F7808C92', 128)
    expect((await planFleet(FLEET, services)).quotas).toMatchObject([{ limit: 128, used: 0, asked: 128 }])
    await raiseFleet(FLEET, services)
    expect((await planFleet(FLEET, services)).quotas).toEqual([])
  })

  it('is refused with what the raise would be refused with', async () => {
    const services = world()
    await expect(planFleet(FLEET, services, { job: { ...JOB, tasksPerNode: 65 }, keep: false })).rejects.toMatchObject({
      code: 'UsageInvalid',
    })
    await raiseFleet(FLEET, services)
    await expect(planFleet({ ...FLEET, nodes: 3 }, services)).rejects.toMatchObject({ code: 'FleetMismatch' })
  })
})

describe('planning a teardown', () => {
  it('names exactly the actions that the teardown then does, and changes nothing', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    const before = changes(services).length
    const plan = await planRemoval('hpc', services)
    expect(changes(services)).toHaveLength(before)
    const raised = services.journal.lines.length
    await takeDown('hpc', services)
    const done = services.journal.lines.slice(raised).filter((line) => line.line === 'intend')
    expect(plan.actions.map(({ id }) => id)).toEqual([...new Set(done.map((line) => line.action))])
    expect(await planRemoval('hpc', services)).toMatchObject({ converged: true, actions: [] })
  })
})

describe('status', () => {
  it('shows what each fleet costs now and has cost, also where a price is unknown', async () => {
    const services = world()
    await raiseFleet({ ...FLEET, storage: null }, services)
    await services.clock.sleep(3_600_000)
    const { fleets } = await readStatus(services)
    expect(fleets[0]?.money.usdPerHour.total).toBeCloseTo(3.3664)
    expect(fleets[0]?.money.spentUsd.total).toBeGreaterThan(3.3664)
    services.prices.failNext('onDemand', new MusterError('NotSupported', 'the endpoint does not know it'))
    const unknown = await readStatus(services)
    expect(unknown.fleets[0]?.money).toMatchObject({
      usdPerHour: { total: null },
      spentUsd: { total: null, known: null },
    })
  })
})
