import { describe, expect, it } from 'vitest'
import { previewSetup, type SetupRequest } from '../../../src/app/account/preview.ts'
import { setUp } from '../../../src/app/account/set-up.ts'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakePrompter } from '../../fakes/prompter.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes } from './sample.ts'

const MAKE: SetupRequest = { remove: false, nat: null, role: true }
const REMOVE: SetupRequest = { remove: true, nat: null, role: true }
const notAllowed = (what: string) => new MusterError('NotAllowed', `not allowed to do ${what} in us-east-1 (no)`)

const changes = ({ network, access }: FakeServices) =>
  ['make', 'remove']
    .map((name) => network.called(name as 'make'))
    .concat(access.called('grant'), access.called('withdraw'))

describe('setting up', () => {
  it('does what the preview says, in a loop, and then nothing', async () => {
    const services = fakeServices()
    const preview = await previewSetup(MAKE, services)
    expect(changes(services)).toEqual([0, 0, 0, 0])
    await setUp(MAKE, true, services)
    const done = services.journal.lines.filter((line) => line.line === 'intend').map((line) => line.action)
    expect(done.toSorted()).toEqual(preview.actions.map(({ id }) => id).toSorted())
    expect(preview.usdPerHour).toBeCloseTo(0.05)
    const before = changes(services)
    expect(await setUp(MAKE, true, services)).toMatchObject({ converged: true, actions: [] })
    expect(changes(services)).toEqual(before)
  })

  it('keeps the way out that is there, and changes it when told', async () => {
    const services = fakeServices()
    await setUp({ ...MAKE, nat: false }, true, services)
    expect((await services.network.observe()).nats).toEqual([])
    expect(await setUp(MAKE, true, services)).toMatchObject({ converged: true })
    await setUp({ ...MAKE, nat: true }, true, services)
    const { nats, endpoints } = await services.network.observe()
    expect(nats).toMatchObject([{ state: 'available' }])
    expect(endpoints.map((one) => one.service)).toEqual(['s3'])
  })

  it('that fails half way says how what it has made goes again', async () => {
    const services = fakeServices()
    services.access.failNext('grant', new MusterError('CloudRefused', 'iam AttachRolePolicy was refused'))
    await expect(setUp(MAKE, true, services)).rejects.toMatchObject({
      code: 'CloudRefused',
      suggestions: [expect.stringContaining('-v'), 'muster setup --remove'],
    })
  })

  it('asks, and takes no for an answer', async () => {
    const services = fakeServices({ prompter: fakePrompter(['no']) })
    await expect(setUp(MAKE, false, services)).rejects.toMatchObject({ code: 'Declined', exitCode: 3 })
    expect(changes(services)).toEqual([0, 0, 0, 0])
    expect(services.events.of('setup.planned')).toHaveLength(1)
  })

  it('refuses where nobody can be asked, naming the flag', async () => {
    const services = fakeServices()
    await expect(setUp(MAKE, false, services)).rejects.toMatchObject({
      code: 'UsageInvalid',
      suggestions: ['muster setup --yes', 'muster setup --dry-run'],
    })
    expect(changes(services)).toEqual([0, 0, 0, 0])
  })

  it('begins nothing where rights on networks are missing, and names them all', async () => {
    const services = fakeServices()
    services.access.deny(['ec2:CreateVpc', 'ec2:CreateNatGateway'])
    await expect(setUp(MAKE, true, services)).rejects.toMatchObject({
      code: 'NotAllowed',
      message: 'nothing was begun, because setup lacks rights: ec2:CreateNatGateway, ec2:CreateVpc',
      suggestions: [expect.stringContaining('templates/policies/setup.json')],
    })
    expect(changes(services)).toEqual([0, 0, 0, 0])
  })

  it('makes the network where roles may not be made, and says at the end what is missing', async () => {
    const services = fakeServices()
    services.access.failNext('grant', notAllowed('iam:CreateRole'), 9)
    await expect(setUp(MAKE, true, services)).rejects.toMatchObject({
      code: 'NotAllowed',
      exitCode: 4,
      message: expect.stringMatching(/the network is made, but not the node role: not allowed to do iam:CreateRole/),
      suggestions: [expect.stringContaining('templates/policies/setup.json'), 'muster setup --no-role'],
    })
    expect((await services.network.observe()).nats).toMatchObject([{ state: 'available' }])
    expect(await setUp({ ...MAKE, role: false }, true, services)).toMatchObject({ converged: true })
  })

  it('makes the network where roles may not even be read', async () => {
    const services = fakeServices()
    services.access.failNext('observe', notAllowed('iam:GetRole'), 9)
    await expect(setUp(MAKE, true, services)).rejects.toMatchObject({ code: 'NotAllowed' })
    expect((await services.network.observe()).vpcs).toHaveLength(1)
  })

  it.each(Array.from({ length: 12 }, (_, n) => [n]))('goes on from where it failed (after %i parts)', async (parts) => {
    const services = fakeServices()
    for (let n = 0; n < parts; n += 1) services.network.beforeNext('make', () => {})
    services.network.failNext('make', new MusterError('CloudRefused', 'no'))
    await expect(setUp(MAKE, true, services)).rejects.toMatchObject({ code: 'CloudRefused' })
    await setUp(MAKE, true, services)
    const { vpcs, nats, addresses } = await services.network.observe()
    expect([vpcs.length, nats.length, addresses.length]).toEqual([1, 1, 1])
  })
})

describe('taking the setup away', () => {
  it('ends when the cloud shows nothing of it, and does nothing when run again', async () => {
    const services = fakeServices()
    await setUp(MAKE, true, services)
    await setUp(REMOVE, true, services)
    const { vpcs, nats, addresses, endpoints } = await services.network.observe()
    expect([vpcs, nats, addresses, endpoints].flat()).toEqual([])
    expect(await services.access.observe('')).toMatchObject({ role: null, profile: null })
    expect(await setUp(REMOVE, true, services)).toMatchObject({ converged: true })
  })

  it('is refused while fleets use it, which are named', async () => {
    const services = fakeServices()
    playNodes(services)
    await setUp(MAKE, true, services)
    await raiseFleet(FLEET, services)
    const before = changes(services)
    await expect(setUp(REMOVE, true, services)).rejects.toMatchObject({
      code: 'NetworkInUse',
      message: 'fleets use what setup made: hpc',
      suggestions: ['muster down hpc', 'muster setup --remove'],
    })
    expect(changes(services)).toEqual(before)
  })

  it('gives up on what somebody else’s things hold, naming it', async () => {
    const services = fakeServices()
    await setUp({ ...MAKE, nat: false }, true, services)
    services.network.occupy(true)
    await expect(setUp(REMOVE, true, services)).rejects.toMatchObject({
      code: 'SetupFailed',
      message: expect.stringMatching(/still there, and held by something: - subnet subnet-/),
    })
    services.network.occupy(false)
    await setUp(REMOVE, true, services)
    expect((await services.network.observe()).vpcs).toEqual([])
  })
})
