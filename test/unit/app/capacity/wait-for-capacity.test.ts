import { expect, it } from 'vitest'
import { raiseFleet } from '../../../../src/app/fleet/raise.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { FLEET, playNodes } from '../sample.ts'

const MINUTE = 60_000

function world(): FakeServices {
  const services = fakeServices()
  playNodes(services)
  return services
}

it('begins the ladder again until there is room, saying what it waits for and until when', async () => {
  const services = world()
  const began = services.clock.now()
  services.compute.shortage('*', '*', 7)
  const raised = await raiseFleet(FLEET, services, { waitCapacityMs: 30 * MINUTE })
  expect(raised.nodes).toHaveLength(2)
  const waits = services.events.of('capacity.waiting')
  expect(waits.map(({ attempt }) => attempt)).toEqual([1, 2])
  expect(waits[0]).toMatchObject({ fleet: 'hpc', nodes: 2, until: began + 30 * MINUTE })
  expect(waits[1]!.delayMs).toBeGreaterThan(waits[0]!.delayMs)
  expect(services.compute.called('ensureTemplate')).toBe(1)
  expect(services.events.of('warning')).toEqual([])
})

it('gives up at its deadline and not before, names every rung, and undoes what was made', async () => {
  const services = world()
  const began = services.clock.now()
  services.compute.shortage()
  await expect(raiseFleet(FLEET, services, { waitCapacityMs: 30 * MINUTE })).rejects.toMatchObject({
    code: 'CapacityShortage',
    message: expect.stringMatching(/3 ways tried: .*us-east-1a: .*us-east-1b: .*us-east-1c: /),
    data: { rungs: [{ zone: 'us-east-1a' }, { zone: 'us-east-1b' }, { zone: 'us-east-1c' }] },
  })
  const waitedMs = services.clock.now() - began
  expect(waitedMs).toBeGreaterThanOrEqual(30 * MINUTE)
  expect(waitedMs).toBeLessThan(32 * MINUTE)
  expect(await services.compute.fleets()).toEqual([])
})

it('is not done where nobody asked for it: the failure names the flag', async () => {
  const services = world()
  services.compute.shortage()
  await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({
    code: 'CapacityShortage',
    suggestions: [expect.stringContaining('--wait-capacity 30m')],
  })
  expect(services.events.of('capacity.waiting')).toEqual([])
})

it('ends at ctrl-C, and undoes what was made', async () => {
  const services = world()
  services.compute.shortage('*', '*', 3)
  const sleep = services.clock.sleep.bind(services.clock)
  services.clock.sleep = async (ms, signal) => {
    if (services.events.of('capacity.waiting').length > 0) services.interrupts.press()
    return sleep(ms, signal)
  }
  await expect(raiseFleet(FLEET, services, { waitCapacityMs: 30 * MINUTE })).rejects.toMatchObject({
    code: 'Interrupted',
  })
  expect(services.events.of('capacity.waiting')).toHaveLength(1)
  expect(await services.compute.fleets()).toEqual([])
})

it('waits for a reservation that is in use, with nothing made yet', async () => {
  const services = world()
  const { id } = services.compute.reserve({ instanceType: 'hpc7g.16xlarge', zone: 'us-east-1c', total: 2 })
  const wanted = { ...FLEET, name: 'second', capacity: ['reservation' as const], reservation: id }
  await raiseFleet({ ...wanted, name: 'first' }, services)
  await expect(raiseFleet(wanted, services)).rejects.toMatchObject({ code: 'CapacityShortage' })
  expect(await services.compute.fleets()).toEqual(['first'])
  const nodes = services.compute.alive('first')
  services.compute.beforeNext('reservations', () => undefined)
  services.compute.beforeNext('reservations', () => nodes.forEach((node) => services.compute.kill(node)))
  const raised = await raiseFleet(wanted, services, { waitCapacityMs: 30 * MINUTE })
  expect(raised.nodes).toHaveLength(2)
  expect(services.events.of('capacity.waiting')).toMatchObject([{ reason: expect.stringContaining('has room for 0') }])
})
