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
})
