import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boughtFleet } from './worlds/bought-fleet.ts'
import { INSTANCE_TYPE, launched, zoneOf } from './worlds/fleet.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

const SPOT_TYPE = 'c7gn.16xlarge'
const BLOCK_TYPE = 'p4d.24xlarge'

/** Loosely: what else a refusal says differs between clouds. */
function refused(code: string, data: object): unknown {
  return expect.objectContaining({ code, data: expect.objectContaining(data) })
}

describe.each(setups)('Capacity: $name', ({ open }) => {
  let world: ContractWorld

  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  const nodesOf = async () => (await world.compute.observe('f')).nodes

  it('buys on Spot where the type is sold so, at a price of each zone', async () => {
    expect((await world.compute.facts(SPOT_TYPE)).purchases).toEqual(['on-demand', 'spot'])
    const request = await boughtFleet(world, { purchase: 'spot', reservation: null, instanceType: SPOT_TYPE })
    await launched(world, request)
    expect((await nodesOf()).map((node) => node.purchase)).toEqual(['spot', 'spot'])
    const prices = await world.prices.spot(SPOT_TYPE, 'us-east-1')
    expect(prices.size).toBeGreaterThan(0)
    expect([...prices.values()].every((price) => price.usdPerHour > 0 && /^\d{4}-\d\d-\d\d$/.test(price.asOf))).toBe(
      true,
    )
  })

  it('knows what is reserved, takes nodes from it, and never more than there are', async () => {
    const zone = await zoneOf(world)
    expect(await world.compute.reservations()).toEqual([])
    const id = await world.reserve({ instanceType: INSTANCE_TYPE, zone, count: 3, match: 'targeted' })
    const reservation = await world.until('it is shown', async () =>
      (await world.compute.reservations()).find((one) => one.id === id && one.state === 'active'),
    )
    expect(reservation).toMatchObject({
      kind: 'reservation',
      instanceType: INSTANCE_TYPE,
      zone,
      total: 3,
      available: 3,
      match: 'targeted',
      endsAt: null,
      placementGroup: null,
    })
    const request = await boughtFleet(world, { purchase: 'reservation', reservation: id })
    await launched(world, request)
    expect((await nodesOf()).map((node) => node.purchase)).toEqual(['on-demand', 'on-demand'])
    await world.until('they are taken', async () => (await world.compute.reservations())[0]?.available === 1)
    await expect(world.compute.launchCohort({ ...request, token: 'second', cohort: 'c1x2' })).rejects.toEqual(
      refused('CapacityShortage', { awsCode: 'ReservationCapacityExceeded' }),
    )
    expect(await nodesOf()).toHaveLength(2)
  })

  it('takes any open reservation that fits, and nothing that is not reserved', async () => {
    const zone = await zoneOf(world)
    const request = await boughtFleet(world, { purchase: 'reservation', reservation: null })
    await expect(world.compute.launchCohort(request)).rejects.toEqual(refused('CapacityShortage', { zone }))
    await world.reserve({ instanceType: INSTANCE_TYPE, zone, count: 2, match: 'open' })
    await launched(world, { ...request, token: 'second' })
    await world.until('they are taken', async () => (await world.compute.reservations())[0]?.available === 0)
  })

  it('takes nodes from a capacity block that has begun', async () => {
    const id = await world.buyBlock({ instanceType: BLOCK_TYPE, count: 2 })
    const block = await world.until('it has begun', async () =>
      (await world.compute.reservations()).find((one) => one.id === id && one.state === 'active'),
    )
    expect(block).toMatchObject({ kind: 'capacity-block', instanceType: BLOCK_TYPE, total: 2 })
    expect(block.endsAt).toBeGreaterThan(block.startsAt ?? Infinity)
    const request = await boughtFleet(world, { purchase: 'capacity-block', reservation: id, instanceType: BLOCK_TYPE })
    const { zone } = block
    const network = await world.compute.network(null)
    const subnetId = network.subnets.find((subnet) => subnet.zone === zone)?.id ?? ''
    await launched(world, { ...request, zone, subnetId })
    expect((await nodesOf()).map((node) => [node.purchase, node.zone])).toEqual([
      ['capacity-block', zone],
      ['capacity-block', zone],
    ])
  })

  it('shows where nodes stand in the network while they run', async () => {
    const request = await boughtFleet(world, { purchase: 'on-demand', reservation: null })
    const ids = await launched(world, request)
    await world.until('they run', async () => (await nodesOf()).every((node) => node.state === 'running'))
    const topology = await world.compute.topology(ids)
    expect([...topology.keys()].toSorted()).toEqual(ids.toSorted())
    const paths = [...topology.values()]
    expect(paths.every((path) => path.length === 3 && path[0] === paths[0]?.[0])).toBe(true)
  })

  it('puts a group of another strategy in the place of the one that there is, unless nodes hold it', async () => {
    const { compute } = world
    await compute.ensurePlacementGroup('f', 'a', 'cluster')
    const { name } = await compute.ensurePlacementGroup('f', 'b', 'spread')
    const request = await boughtFleet(world, { purchase: 'on-demand', reservation: null })
    await launched(world, { ...request, placementGroup: name })
    await expect(compute.ensurePlacementGroup('f', 'c', 'cluster')).rejects.toMatchObject({ code: 'FleetBusy' })
    expect(await compute.ensurePlacementGroup('f', 'd', 'spread')).toEqual({ name })
  })
})
