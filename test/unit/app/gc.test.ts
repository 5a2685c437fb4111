import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { collectGarbage } from '../../../src/app/sweep/sweep.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import type { TemplateRequest } from '../../../src/ports/compute.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes } from './sample.ts'

const SCRATCH = FLEET.storage?.kind === 'new' ? FLEET.storage : expect.fail('the sample has storage')
const LIST = { allRegions: false, remove: false, discardData: false }
const REMOVE = { ...LIST, remove: true }
const HOUR = 3600_000
const TEMPLATE: TemplateRequest = {
  fleet: 'hpc',
  action: 'a',
  instanceType: 'hpc7g.16xlarge',
  purchase: 'on-demand',
  reservation: null,
  image: 'ami-0000000000000a64',
  rootDevice: '/dev/xvda',
  instanceProfile: null,
  securityGroupIds: [],
  interfaces: [],
  userData: '',
  fingerprint: 'x',
}

async function up(storage: typeof FLEET.storage = null): Promise<FakeServices> {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet({ ...FLEET, storage }, services)
  return services
}

/** A fleet whose nodes have all died: nobody claims what is left. */
async function abandoned(storage: typeof FLEET.storage = null): Promise<FakeServices> {
  const services = await up(storage)
  for (const id of services.compute.alive('hpc')) services.compute.kill(id)
  await services.clock.sleep(HOUR)
  return services
}

const kinds = (result: Awaited<ReturnType<typeof collectGarbage>>) => result.leftovers.map(({ kind }) => kind)

describe('what no fleet claims', () => {
  it('is nothing of a fleet that is up', async () => {
    const services = await up(FLEET.storage)
    await services.clock.sleep(HOUR)
    expect(await collectGarbage(REMOVE, services)).toMatchObject({ leftovers: [], skipped: [] })
    expect(services.compute.alive('hpc')).toHaveLength(2)
  })

  it('is listed with its price and left where it is, then removed, then nothing', async () => {
    const services = await abandoned()
    const listed = await collectGarbage(LIST, services)
    expect(kinds(listed)).toEqual(['template', 'placement group', 'security group'])
    expect(await services.compute.fleets()).toEqual(['hpc'])
    await collectGarbage(REMOVE, services)
    expect(await services.compute.fleets()).toEqual([])
    expect(await collectGarbage(REMOVE, services)).toMatchObject({ leftovers: [] })
  })

  it('is spared while it is young, and where a living muster uses it', async () => {
    const services = await up()
    for (const id of services.compute.alive('hpc')) services.compute.kill(id)
    expect(await collectGarbage(REMOVE, services)).toMatchObject({ leftovers: [] })
    await services.clock.sleep(HOUR)
    services.locks.others.add('hpc')
    expect(await collectGarbage(REMOVE, services)).toMatchObject({
      leftovers: [],
      skipped: [{ what: 'hpc in us-east-1', reason: expect.stringContaining('in use') }],
    })
    expect(await services.compute.fleets()).toEqual(['hpc'])
  })

  it('is nothing of a fleet that is just being made, though it has no node yet', async () => {
    const services = await abandoned()
    await collectGarbage(REMOVE, services)
    await services.compute.ensureTemplate(TEMPLATE)
    expect(await collectGarbage(REMOVE, services)).toMatchObject({ leftovers: [] })
    await services.clock.sleep(HOUR)
    const [template] = (await collectGarbage(REMOVE, services)).leftovers
    expect(template).toMatchObject({ kind: 'template', createdAt: services.clock.now() - HOUR })
    expect(await services.compute.fleets()).toEqual([])
  })

  it('is an image that a bake left half made, and none that is done', async () => {
    const services = fakeServices()
    services.images.failNextImage('disk full')
    const request = { nodeId: 'i-1', fleet: 'hpc', contents: 'x' }
    const failed = await services.images.create({ ...request, name: 'failed' })
    const done = await services.images.create({ ...request, name: 'done' })
    await services.clock.sleep(HOUR)
    const result = await collectGarbage(REMOVE, services)
    expect(result.leftovers).toMatchObject([{ kind: 'image', id: failed, fleet: 'hpc', kept: null }])
    expect(await services.images.observe()).toMatchObject([{ id: done }])
  })

  it('is a file system as its contract says: one that is to be kept stays, unless its data are to be discarded', async () => {
    const plain = await abandoned(FLEET.storage)
    expect(kinds(await collectGarbage(REMOVE, plain))).toContain('file system')
    expect(await plain.storage.observe('hpc')).toEqual([])
    const services = await abandoned({ ...SCRATCH, onTeardown: 'keep' })
    const result = await collectGarbage(REMOVE, services)
    expect(result.leftovers.filter(({ kept }) => kept !== null).map(({ kind }) => kind)).toEqual([
      'file system',
      'security group',
    ])
    expect(await services.storage.observe('hpc')).toMatchObject([{ state: 'available' }])
    await collectGarbage({ ...REMOVE, discardData: true }, services)
    expect(await services.storage.observe('hpc')).toEqual([])
    expect(await services.compute.fleets()).toEqual([])
  })

  it('is every node of a broken cohort, beside one that is whole too, and what hangs on nothing', async () => {
    const services = await up()
    const [first = ''] = services.compute.alive('hpc')
    services.compute.kill(first)
    services.compute.stray({ kind: 'volume', id: 'vol-1', fleet: 'gone', createdAt: 0, sizeGiB: 8 })
    services.compute.stray({ kind: 'interface', id: 'eni-1', fleet: 'gone', createdAt: null, sizeGiB: null })
    await services.clock.sleep(HOUR)
    const result = await collectGarbage(REMOVE, services)
    expect(kinds(result)).toEqual(expect.arrayContaining(['instance', 'volume', 'network interface']))
    expect(services.compute.alive('hpc')).toEqual([])
    expect(await services.compute.strays()).toEqual([])
  })

  it('is looked for in every region; one that refuses is named and passed over', async () => {
    const services = await abandoned()
    services.compute.regions = async () => ['eu-west-1', 'us-east-1']
    const broken = { ...services.compute, fleets: () => Promise.reject(new MusterError('NotAllowed', 'not allowed')) }
    const all = { ...services, inRegion: () => ({ ...services, compute: broken as never }) }
    const result = await collectGarbage({ ...LIST, allRegions: true }, all)
    expect(kinds(result)).toContain('template')
    expect(result.skipped).toEqual([{ what: 'eu-west-1', reason: 'not allowed' }])
  })

  it('goes after a crash anywhere of the sweep too', async () => {
    const methods = ['removeTemplate', 'removePlacementGroup', 'removeSecurityGroup', 'removeStray'] as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), fc.boolean(), async (method, isAfter) => {
        const services = await abandoned()
        services.compute.stray({ kind: 'volume', id: 'vol-1', fleet: 'hpc', createdAt: 0, sizeGiB: 8 })
        services.compute.beforeNext(method, (...args) => {
          const work = isAfter ? (services.compute[method] as (...all: unknown[]) => Promise<void>)(...args) : null
          return Promise.resolve(work).then(() => Promise.reject(new Error('killed')))
        })
        await expect(collectGarbage(REMOVE, services)).rejects.toThrow('killed')
        await collectGarbage(REMOVE, services)
        expect(await services.compute.fleets()).toEqual([])
        expect(await services.compute.strays()).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})
