import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { readStatus } from '../../../src/app/status/status.ts'
import { takeDown } from '../../../src/app/fleet/take-down.ts'
import { emptyFleet } from '../../../src/core/fleet/observed.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes, scriptsRun } from './sample.ts'

function world(): FakeServices {
  const services = fakeServices()
  playNodes(services)
  return services
}

const NOTHING = { instances: 0, 'file systems': 0, templates: 0, 'placement groups': 0, 'security groups': 0 }

function crash(): never {
  throw new Error('killed')
}

describe('raising a fleet', () => {
  it('launches once, takes the nodes through every stage, and says that they are ready', async () => {
    const services = world()
    const raised = await raiseFleet(FLEET, services)
    expect(raised).toMatchObject({ fleet: 'hpc', warm: false, nodes: [{ name: 'node-0' }, { name: 'node-1' }] })
    expect(scriptsRun(services)).toEqual(['muster: install', 'muster: trust', 'muster: mount', 'muster: verify'])
    expect(services.compute.called('launchCohort')).toBe(1)
    expect(services.events.of('fleet.ready')).toHaveLength(1)
  })

  it('does nothing to a fleet that is up', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    const changes = () =>
      services.compute.calls.filter((call) => !['observe', 'facts', 'network'].includes(call.name)).length
    const before = changes()
    expect(await raiseFleet(FLEET, services)).toMatchObject({ warm: true })
    expect(changes()).toBe(before)
  })

  it('tries the next zone where one has no room, and undoes everything where none has', async () => {
    const services = world()
    const zones = (await services.compute.facts('hpc7g.16xlarge')).zones
    services.compute.shortage('*', zones[0])
    const raised = await raiseFleet(FLEET, services)
    expect(raised.nodes.map((node) => node.zone)).toEqual([zones[1] ?? zones[0], zones[1] ?? zones[0]])
    const poor = world()
    poor.compute.shortage()
    await expect(raiseFleet(FLEET, poor)).rejects.toMatchObject({ code: 'CapacityShortage' })
    expect(await poor.compute.fleets()).toEqual([])
  })

  it('makes nothing where the quota is too small, and goes on where nobody knows it', async () => {
    const services = world()
    services.quotas.limit('L-F7808C92', 64)
    await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({
      code: 'QuotaExceeded',
      data: { quotaCode: 'L-F7808C92', limit: 64, used: 0, asked: 128 },
    })
    expect(services.journal.lines).toEqual([])
    services.quotas.failNext('vcpus', new MusterError('NotAllowed', 'not allowed to do servicequotas:GetServiceQuota'))
    await raiseFleet(FLEET, services)
    expect(services.events.of('quota.unknown')).toMatchObject([
      { instanceType: 'hpc7g.16xlarge', purchase: 'on-demand' },
    ])
  })

  it('undoes a fleet whose mount fails, naming the node and what it said', async () => {
    const services = world()
    services.remote.answer((_, script) => {
      if (script.comment === 'muster: install')
        return { stdout: 'host-key ssh-ed25519 AAAA\nuser-key ssh-ed25519 BBBB\n' }
      return script.comment === 'muster: mount' ? { exitCode: 5, stderr: 'mount.lustre: Connection timed out' } : {}
    })
    await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({
      code: 'MountFailed',
      message: expect.stringContaining('Connection timed out'),
      suggestions: ['run the same command again'],
    })
    expect(services.compute.alive('hpc')).toEqual([])
    expect(services.interrupts.cleanUp).toBeNull()
  })

  it('goes on where the cloud cannot be reached for a moment, whatever was under way', async () => {
    for (const method of ['observe', 'ensureSecurityGroup', 'launchCohort', 'markStages'] as const) {
      const services = world()
      services.compute.failNext(method, new MusterError('CloudUnreachable', 'cannot reach it'), 2)
      expect(await raiseFleet(FLEET, services), method).toMatchObject({ nodes: [{}, {}] })
      expect(services.compute.alive('hpc'), method).toHaveLength(2)
    }
  })

  it('names the fleet in the hint where undoing fails as well', async () => {
    const services = world()
    services.compute.muteAgents(1)
    services.compute.beforeNext('terminate', crash)
    await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({
      code: 'NodeNeverRegistered',
      suggestions: ['muster down hpc'],
    })
  })

  it('refuses a fleet that is up and other than what is wanted, and leaves it alone', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    await expect(raiseFleet({ ...FLEET, nodes: 3 }, services)).rejects.toMatchObject({ code: 'FleetMismatch' })
    expect(services.compute.alive('hpc')).toHaveLength(2)
  })

  it('stops and undoes at the first press, whenever it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), async (call) => {
        const services = world()
        for (let n = 0; n < call; n += 1) services.compute.beforeNext('observe', () => undefined)
        services.compute.beforeNext('observe', () => services.interrupts.press())
        const outcome = await raiseFleet(FLEET, services).then(
          () => 'raised',
          (error: unknown) => (error as MusterError).code,
        )
        expect(services.compute.alive('hpc')).toHaveLength(outcome === 'raised' ? 2 : 0)
        expect(['raised', 'Interrupted']).toContain(outcome)
      }),
      { numRuns: 40 },
    )
  })

  it('goes on after a crash anywhere: nothing is made twice, nothing is left over', async () => {
    const methods = [
      'ensureSecurityGroup',
      'ensurePlacementGroup',
      'ensureTemplate',
      'launchCohort',
      'markStages',
    ] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), fc.nat(3), fc.boolean(), async (method, nth, after) => {
        const services = world()
        for (let n = 0; n < nth; n += 1) services.compute.beforeNext(method, () => undefined)
        services.compute.beforeNext(method, crash)
        // A killed muster undoes nothing: its own teardown dies with it.
        const locks = services.locks
        const dying = { ...services, locks, compute: services.compute }
        services.compute.failNext('terminate', new Error('killed'))
        await raiseFleet(FLEET, dying).catch(() => undefined)
        services.compute.failNext('terminate', new Error('none'), 0)
        if (after) await takeDown('hpc', services).catch(() => takeDown('hpc', services))
        await raiseFleet(FLEET, services).catch(() => raiseFleet(FLEET, services))
        expect(services.compute.alive('hpc')).toHaveLength(2)
        expect((await services.storage.observe('hpc')).filter((each) => each.state !== 'deleting')).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  })
})

describe('taking a fleet down', () => {
  it('ends with a proof that nothing is left, and does nothing when run again', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    expect(await takeDown('hpc', services)).toMatchObject({ nodes: 2, proof: NOTHING })
    expect(await takeDown('hpc', services)).toMatchObject({ nodes: 0, proof: NOTHING })
    expect(services.compute.called('terminate')).toBe(1)
  })

  it('needs no agents: a cloud without Run Command is cleaned up after the failure, and seen', async () => {
    const services = world()
    const lacking = new MusterError('NotSupported', 'the endpoint does not know ssm DescribeInstanceInformation')
    services.remote.failNext('online', lacking, 1000)
    await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({ code: 'NotSupported' })
    expect(await services.compute.fleets()).toEqual([])
    expect(await services.storage.fleets()).toEqual([])
  })

  it('shows a fleet whose agents cannot be asked, and says so', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    services.remote.failNext('online', new MusterError('NotSupported', 'the endpoint does not know it'), 1000)
    const { fleets } = await readStatus(services)
    expect(fleets).toMatchObject([{ name: 'hpc', nodes: [{ name: 'node-0' }, { name: 'node-1' }] }])
    expect(services.events.of('warning')).toMatchObject([{ message: expect.stringContaining('does not know it') }])
  })

  it('goes on at the first press, and says so', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    services.compute.beforeNext('terminate', () => services.interrupts.press())
    expect(await takeDown('hpc', services)).toMatchObject({ nodes: 2, proof: NOTHING })
    expect(services.events.of('warning')).toMatchObject([{ message: expect.stringContaining('the teardown goes on') }])
    expect([services.interrupts.signal.aborted, services.interrupts.intercepted]).toEqual([false, false])
  })

  it('believes that nothing is there only when the cloud has had time to show what was made a moment ago', async () => {
    const services = world()
    // Describe calls lag: what the raise made before it failed is shown only half a second later.
    const observe = services.compute.observe.bind(services.compute)
    const shownAt = services.clock.now() + 500
    services.compute.observe = async (fleet) => (services.clock.now() < shownAt ? emptyFleet(fleet) : observe(fleet))
    services.compute.shortage()
    await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({ code: 'CapacityShortage' })
    expect(await services.compute.fleets()).toEqual([])
  })

  it('is refused while another muster uses the fleet', async () => {
    const services = world()
    services.locks.others.add('hpc')
    await expect(takeDown('hpc', services)).rejects.toMatchObject({ code: 'FleetBusy' })
  })
})
