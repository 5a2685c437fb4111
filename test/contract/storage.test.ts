import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { subnetFor } from '../../src/core/network/fleet-network.ts'
import type { StorageRequest } from '../../src/ports/storage.ts'
import { zoneOf } from './worlds/fleet.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'
import { scratch } from '../fakes/scratch.ts'

describe.each(setups)('Storage: $name', ({ open }) => {
  let world: ContractWorld
  let request: StorageRequest

  beforeEach(async () => {
    world = await open()
    const network = await world.compute.network(null)
    const { id: securityGroupId } = await world.compute.ensureSecurityGroup('f', 'action', network.vpc)
    const subnetId = subnetFor(network, await zoneOf(world))?.id ?? ''
    const spec = scratch()
    request = {
      fleet: 'f',
      action: 'action-fs',
      token: 'token-fs',
      spec,
      subnetId,
      securityGroupIds: [securityGroupId],
    }
  })
  afterEach(() => world.close())

  const stateIs = (state: string) => async () => {
    const [one] = await world.storage.observe('f')
    return one?.state === state ? one : undefined
  }

  it('has none before one is made', async () => {
    expect(await world.storage.observe('f')).toEqual([])
    expect(await world.storage.fleets()).toEqual([])
  })

  it('makes a file system that becomes available, with all that mounting it takes', async () => {
    const { id } = await world.storage.create(request)
    const made = await world.until('it is available', stateIs('available'))
    expect(made).toMatchObject({ id, failure: null, capacityGiB: 1200 })
    expect(made.dnsName).toMatch(/^fs-.*\.fsx\..*\.amazonaws\.com$/)
    expect(made.mountName).toMatch(/^[A-Za-z0-9_-]{1,8}$/)
    expect(made.createdAt).toBeGreaterThan(1e12)
    expect(await world.storage.fleets()).toEqual(['f'])
    expect(await world.storage.observe('g')).toEqual([])
  })

  it('makes one for one token', async () => {
    expect(await world.storage.create(request)).toEqual(await world.storage.create(request))
    await world.until('it is available', stateIs('available'))
    expect(await world.storage.observe('f')).toHaveLength(1)
  })

  it('says why one failed, and removes it all the same', async () => {
    world.failStorage()
    const { id } = await world.storage.create(request)
    const failed = await world.until('it fails', stateIs('failed'))
    expect(failed.failure).toMatch(/\w/)
    await world.storage.remove(id)
    await world.until('it is gone', async () => (await world.storage.observe('f')).length === 0)
  })

  it('holds its security group until it is gone, however often it is removed', async () => {
    const { id } = await world.storage.create(request)
    await world.until('it is available', stateIs('available'))
    await expect(world.compute.removeSecurityGroup(request.securityGroupIds[0] ?? '')).rejects.toMatchObject({
      code: 'FleetBusy',
    })
    await world.storage.remove(id)
    await world.storage.remove(id)
    await world.until('it is gone', async () => (await world.storage.observe('f')).length === 0)
    await world.storage.remove(id)
    await world.compute.removeSecurityGroup(request.securityGroupIds[0] ?? '')
    expect(await world.storage.fleets()).toEqual([])
  })

  it('keeps the contract and what is recorded of the data with the file system', async () => {
    const spec = scratch({
      exportTo: 's3://out/x',
      onTeardown: 'export',
      imports: [{ path: '/data', from: 's3://in/y' }],
    })
    const { id } = await world.storage.create({ ...request, token: 'token-contract', spec })
    const made = await world.until('it is available', stateIs('available'))
    const contract = { onTeardown: 'export', exportTo: 's3://out/x', mountPoint: '/fsx', imports: 1 }
    expect(made).toMatchObject({
      id,
      fleet: 'f',
      deployment: 'SCRATCH_2',
      contract: { ...contract, data: { kind: 'none' } },
    })
    expect(made.subnetId).toBe(request.subnetId)
    for (const data of [{ kind: 'unexported' }, { kind: 'flushed', stamp: '17' }, { kind: 'exported' }] as const) {
      await world.storage.mark(id, data)
      await world.until('it is recorded', async () => {
        const [one] = await world.storage.observe('f')
        return JSON.stringify(one?.contract.data) === JSON.stringify(data)
      })
    }
    expect(await world.storage.find(id)).toMatchObject({ id, fleet: 'f' })
    expect(await world.storage.find('fs-0123456789abcdef9')).toBeNull()
    expect(await world.storage.list()).toMatchObject([{ id, fleet: 'f' }])
  })

  it('links folders to places once a token, and copies one task at a time, each known by its stamp', async () => {
    const { bucket } = await world.objects.ensure()
    const spec = scratch({ exportTo: `s3://${bucket}/out`, onTeardown: 'export' })
    const { id } = await world.storage.create({ ...request, token: 'token-links', spec })
    await world.until('it is available', stateIs('available'))
    const link = { path: '/', repository: `s3://${bucket}/out`, direction: 'export' } as const
    for (let n = 0; n < 2; n += 1) await world.storage.link({ storageId: id, fleet: 'f', token: 'token-link', link })
    const linked = await world.until('it is linked', async () => {
      const [one] = await world.storage.observe('f')
      return one?.links[0]?.state === 'available' ? one : undefined
    })
    expect(linked.links).toMatchObject([{ path: '/', repository: `s3://${bucket}/out`, failure: null }])

    const task = { storageId: id, fleet: 'f', token: 'token-task', paths: [], stamp: '17' }
    const first = await world.storage.beginExport(task)
    expect(await world.storage.beginExport(task)).toEqual(first)
    await expect(world.storage.beginExport({ ...task, token: 'token-other' })).rejects.toMatchObject({
      code: 'FleetBusy',
    })
    await expect(world.storage.remove(id)).rejects.toMatchObject({ code: 'FleetBusy' })
    const ended = await world.until('it has ended', async () => {
      const [one] = await world.storage.observe('f')
      return one?.tasks.every(({ state }) => state !== 'active') === true ? one : undefined
    })
    expect(ended.tasks).toMatchObject([{ id: first.id, kind: 'export', state: 'succeeded', stamp: '17', failed: 0 }])
    await world.storage.cancelTask(first.id)
    await world.storage.remove(id)
    await world.until('it is gone', async () => (await world.storage.observe('f')).length === 0)
  })

  it('lists what is below a place of any bucket, from there', async () => {
    const { bucket } = await world.objects.ensure()
    await world.objects.putBytes('out/deep/a.bin', new Uint8Array(7))
    await world.objects.putBytes('outside', new Uint8Array(1))
    const found: unknown[] = []
    for await (const one of world.objects.listPlace(`s3://${bucket}/out`)) found.push(one)
    expect(found).toEqual([{ path: 'deep/a.bin', size: 7 }])
  })
})
