import { describe, expect, it } from 'vitest'
import { leaseEnd, renewFleet } from '../../../src/app/fleet/lease.ts'
import { leaseKeeper } from '../../../src/app/fleet/lease-keeper.ts'
import { raiseAndLeave } from '../../../src/app/fleet/raise-and-leave.ts'
import { takeDown } from '../../../src/app/fleet/take-down.ts'
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
  remote.answer((_, { comment }) => (comment === 'muster: renew' ? { stdout: `ends-in ${(left += 5)}\n` } : {}))
  return { services, result, ids: result.nodes.map((node) => node.id) }
}

describe('a renewal', () => {
  it('says when the first node ends itself, and muster status can read it', async () => {
    const { services, ids } = await raised()
    const result = await renewFleet('hpc', 60, services)
    expect(result).toEqual({ fleet: 'hpc', nodes: 2, leftS: 3605, endsAt: services.clock.now() + 3_605_000 })
    expect(await leaseEnd('hpc', ids, services.objects)).toBe(result.endsAt)
    expect(await leaseEnd('hpc', ['another'], services.objects)).toBeNull()
    expect(services.events.events.at(-1)).toMatchObject({ type: 'lease.renewed', data: result })
  })

  it('of a fleet that is not there is refused; of a node that does not answer it fails, naming it', async () => {
    await expect(renewFleet('hpc', 0, fakeServices())).rejects.toMatchObject({ code: 'FleetUnknown' })
    const { services, ids } = await raised()
    services.remote.answer((id) => (id === ids[1] ? { exitCode: 60, stderr: 'muster: no watchdog runs' } : {}))
    await expect(renewFleet('hpc', 0, services)).rejects.toMatchObject({
      code: 'RenewFailed',
      message: expect.stringContaining(`${ids[1]}: muster: no watchdog runs`),
    })
    await takeDown('hpc', services)
  })

  it('is read line by line', () => {
    expect(parseRenewal('words\nends-in 12\n')).toBe(12)
    expect(parseRenewal('ends-in never\n')).toBe('never')
    expect(parseRenewal('ends-in soon\n')).toBeNull()
  })
})

describe('while a muster uses a fleet', () => {
  it('it renews three times a lease, at most once a minute on AWS, and never waits for it', async () => {
    const { services, ids } = await raised()
    const { clock, remote } = services
    const renewals = () => remote.ran.filter(({ script }) => script.comment === 'muster: renew').length / ids.length
    const before = renewals()
    const hour = leaseKeeper(FLEET, clock.now(), services)
    hour.tick(ids)
    await clock.sleep(1_199_000)
    hour.tick(ids)
    await settled()
    expect(renewals() - before).toBe(0)
    await clock.sleep(1000)
    hour.tick(ids)
    hour.tick(ids)
    await settled()
    expect(renewals() - before).toBe(1)
    const aws = { ...services, cloud: { ...services.cloud, name: 'aws' as const } }
    const short = leaseKeeper({ ...FLEET, leaseS: 30 }, clock.now(), aws)
    for (let second = 0; second < 120; second += 1) {
      await clock.sleep(1000)
      short.tick(ids)
    }
    await settled()
    expect(renewals() - before).toBe(3)
  })

  it('a renewal that fails is nobody’s failure, and without a lease there is none', async () => {
    const { services, ids } = await raised()
    services.remote.failNext('tell', new Error('throttled'))
    const before = services.remote.ran.length
    leaseKeeper(FLEET, 0, services).tick(ids)
    leaseKeeper({ ...FLEET, leaseS: null }, 0, services).tick(ids)
    leaseKeeper(FLEET, 0, services).tick([])
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
