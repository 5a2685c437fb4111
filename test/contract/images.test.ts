import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launched, preparedFleet } from './worlds/fleet.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

describe.each(setups)('Images: $name', ({ open }) => {
  let world: ContractWorld

  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  it('makes one of a node, shows it with what it was made for, and removes it; removing it again is no error', async () => {
    const [nodeId = ''] = await launched(world, await preparedFleet(world, 'f', 1))
    const { images } = world
    expect(await images.observe()).toEqual([])
    const id = await images.create({ nodeId, name: 'mine (1)', fleet: 'f', contents: 'abc' })
    const seen = await world.until('the image is available', async () =>
      (await images.observe()).find((one) => one.id === id && one.state !== 'pending'),
    )
    expect(seen).toMatchObject({
      id,
      name: 'mine (1)',
      state: 'available',
      failure: null,
      fleet: 'f',
      contents: 'abc',
      architecture: 'arm64',
    })
    expect(seen.createdAt).toBeGreaterThan(0)
    await expect(images.create({ nodeId, name: 'mine (1)', fleet: 'f', contents: 'abc' })).rejects.toThrow(/mine \(1\)/)
    await images.remove(id)
    await world.until('it is gone', async () => (await images.observe()).length === 0)
    await images.remove(id)
  })
})
