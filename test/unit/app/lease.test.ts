import { describe, expect, it } from 'vitest'
import { renewFleet } from '../../../src/app/fleet/lease.ts'
import { leaseKeeper } from '../../../src/app/fleet/lease-keeper.ts'
import { readLeaseNote } from '../../../src/app/fleet/lease-note.ts'
import { raiseAndLeave } from '../../../src/app/fleet/raise-and-leave.ts'
import { takeDown } from '../../../src/app/fleet/take-down.ts'
import { NO_LIMITS } from '../../../src/core/fleet/limits.ts'
import { parseRenewal } from '../../../src/launch/remote/renew-script.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes } from './sample.ts'

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}

async function raised() {
  const services = fakeServices()
  playNodes(services)
  const { remote } = services
  const result = await raiseAndLeave(FLEET, services)
  let left = 3600
  remote.answer((_, { comment }) =>
    comment === 'muster: renew' ? { stdout: `ends-in ${(left += 5)}\nat-most 90000\n` } : {},
  )
  return { services, result, ids: result.nodes.map((node) => node.id) }
}

const LIMITED = { ...FLEET, limits: { ...NO_LIMITS, total: 100 } }
const NAMED = { name: 'hpc', limits: null }

describe('a renewal', () => {
  it('says when the first node ends itself, and muster status can read it', async () => {
    const { services, ids } = await raised()
    const result = await renewFleet(FLEET, 60, services)
    const now = services.clock.now()
    const most = { mostS: 90_000, mostAt: now + 90_000_000 }
    expect(result).toEqual({ fleet: 'hpc', nodes: 2, leftS: 3605, endsAt: now + 3_605_000, ...most })
    const note = { endsAt: result.endsAt, spentAt: null }
    expect(await readLeaseNote('hpc', ids, services.objects)).toEqual(note)
    expect(await readLeaseNote('hpc', ['another'], services.objects)).toEqual({
      endsAt: null,
      spentAt: null,
    })
    expect(services.events.events.at(-1)).toMatchObject({ type: 'lease.renewed', data: result })
  })

  it('hands the end down that the spending limit leaves, for all that is up together', async () => {
    const { services, ids } = await raised()
    const { remote, clock, prices } = services
    const told = () => remote.ran.at(-1)!.script.text
    await renewFleet(FLEET, 0, services)
    expect(told()).toMatch(/renew\.sh" 0 no none/)
    await renewFleet(NAMED, 0, services)
    expect(told()).toMatch(/renew\.sh" 0 no keep/)
    // Where a part has no price nobody knows: what the nodes were told stays.
    prices.storage = async () => null
    await renewFleet(LIMITED, 0, services)
    expect(told()).toMatch(/renew\.sh" 0 no keep/)
    prices.storage = async () => ({ usdPerHour: 0, asOf: '2026-07-20' })
    await renewFleet(LIMITED, 0, services)
    const first = Number(/0 no (\d+)/.exec(told())?.[1])
    expect(first).toBeCloseTo((100 / (2 * 1.6832)) * 3600, -3)
    const project = { limits: { ...NO_LIMITS, total: 50 }, fleets: ['hpc', 'other'], folder: '/' }
    await renewFleet({ ...LIMITED, project }, 0, services)
    expect(Number(/0 no (\d+)/.exec(told())?.[1])).toBeCloseTo(first / 2, -3)
    await clock.sleep(3_600_000)
    await renewFleet(LIMITED, 0, services)
    // Storage was written down at the price that it had when it was made.
    expect(Number(/0 no (\d+)/.exec(told())?.[1])).toBeCloseTo(first - 3600, -3)
    const { spentAt } = await readLeaseNote('hpc', ids, services.objects)
    expect((spentAt! - clock.now()) / 1000).toBeCloseTo(first - 3600, -3)
    await clock.sleep(200 * 3_600_000)
    await renewFleet(LIMITED, 0, services)
    expect(told()).toMatch(/0 no 0/)
  })

  it('of a fleet that is not there is refused; of a node that does not answer it fails, naming it', async () => {
    await expect(renewFleet(FLEET, 0, fakeServices())).rejects.toMatchObject({ code: 'FleetUnknown' })
    const { services, ids } = await raised()
    services.remote.answer((id) => (id === ids[1] ? { exitCode: 60, stderr: 'muster: no watchdog runs' } : {}))
    await expect(renewFleet(FLEET, 0, services)).rejects.toMatchObject({
      code: 'RenewFailed',
      message: expect.stringContaining(`${ids[1]}: muster: no watchdog runs`),
    })
    await takeDown('hpc', services)
  })

  it('is read line by line', () => {
    expect(parseRenewal('words\nends-in 12\nat-most never\n')).toEqual({ endsIn: 12, atMost: null })
    expect(parseRenewal('ends-in never\nat-most 5\n')).toEqual({ endsIn: null, atMost: 5 })
    expect(parseRenewal('ends-in soon\nat-most 5\n')).toBeNull()
  })
})

describe('while a muster looks after a fleet', () => {
  it('it renews three times a lease, at most once a minute on AWS, and never waits for it', async () => {
    const { services, ids } = await raised()
    const { clock, remote } = services
    const renewals = () => remote.ran.filter(({ script }) => script.comment === 'muster: renew').length / ids.length
    const before = renewals()
    const hour = leaseKeeper(clock.now(), services)
    hour.tick(FLEET, ids)
    await clock.sleep(1_199_000)
    hour.tick(FLEET, ids)
    await settled()
    expect(renewals() - before).toBe(0)
    await clock.sleep(1000)
    hour.tick(FLEET, ids)
    hour.tick(FLEET, ids)
    await settled()
    expect(renewals() - before).toBe(1)
    const aws = { ...services, cloud: { ...services.cloud, name: 'aws' as const } }
    for (const fleet of [{ ...FLEET, leaseS: 30 }, LIMITED, { ...FLEET, idleS: 30, minNodes: 0 }]) {
      const so = renewals()
      const short = leaseKeeper(clock.now(), aws)
      for (let second = 0; second < 120; second += 1) {
        await clock.sleep(1000)
        short.tick(fleet, ids)
      }
      await settled()
      expect(renewals() - so).toBe(2)
    }
  })

  it('a renewal is no use of a node, unless a job is about to run there; what it knows can be read', async () => {
    const { services, ids } = await raised()
    const { clock, remote } = services
    leaseKeeper(0, services).tick(FLEET, ids)
    await settled()
    expect(remote.ran.at(-1)!.script.text).toMatch(/renew\.sh" 0 no none/)
    expect(await readLeaseNote('hpc', ids, services.objects)).toEqual({
      endsAt: clock.now() + 3_600_000,
      spentAt: null,
    })
    leaseKeeper(0, services, { isUse: true }).tick(FLEET, ids)
    await settled()
    expect(remote.ran.at(-1)!.script.text).toMatch(/renew\.sh" 0 yes none/)
  })

  it('a renewal that fails is made again after a minute on AWS, not a third of a lease later', async () => {
    const { services, ids } = await raised()
    const { clock, remote } = services
    const aws = { ...services, cloud: { ...services.cloud, name: 'aws' as const } }
    const renewals = () => remote.ran.filter(({ script }) => script.comment === 'muster: renew').length
    const keeper = leaseKeeper(0, aws)
    remote.failNext('tell', new Error('throttled'))
    keeper.tick(FLEET, ids)
    await settled()
    const before = renewals()
    await clock.sleep(59_000)
    keeper.tick(FLEET, ids)
    await settled()
    expect(renewals()).toBe(before)
    await clock.sleep(1000)
    keeper.tick(FLEET, ids)
    await settled()
    expect(renewals()).toBe(before + ids.length)
    await clock.sleep(600_000)
    keeper.tick(FLEET, ids)
    await settled()
    expect(renewals()).toBe(before + ids.length)
  })

  it('a renewal that fails is nobody’s failure, and without a lease there is none', async () => {
    const { services, ids } = await raised()
    services.remote.failNext('tell', new Error('throttled'))
    const before = services.remote.ran.length
    leaseKeeper(0, services).tick(FLEET, ids)
    leaseKeeper(0, services).tick({ ...FLEET, leaseS: null }, ids)
    leaseKeeper(0, services).tick(FLEET, [])
    await settled()
    expect(services.remote.ran.length - before).toBeLessThanOrEqual(ids.length)
  })
})

it('a lease that is over before a node has booted is refused before anything is made', async () => {
  const services = fakeServices()
  const aws = { ...services, cloud: { ...services.cloud, name: 'aws' as const, leastLeaseS: 600 } }
  await expect(raiseAndLeave({ ...FLEET, leaseS: 599 }, aws)).rejects.toMatchObject({
    code: 'ConfigInvalid',
    suggestions: ['lease: 10m in fleets.hpc of muster.yaml'],
  })
  expect(await services.compute.fleets()).toEqual([])
})
