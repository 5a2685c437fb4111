import { describe, expect, it } from 'vitest'
import { openSandboxWorld } from './worlds/sandbox.ts'
import { setups } from './worlds/setups.ts'

it('reads the price of scratch storage in the list that was recorded', async () => {
  const world = await openSandboxWorld()
  try {
    expect(await world.prices.storage('SCRATCH_2', null, 'us-west-2')).toEqual({
      usdPerHour: expect.closeTo(0.14 / 730, 9),
      asOf: '2026-07-14',
    })
    expect(await world.prices.storage('PERSISTENT_2', 125, 'us-west-2')).toBeNull()
  } finally {
    await world.close()
  }
})

describe.each(setups)('Prices: $name', ({ open }) => {
  it('has no Spot price of a type that is not sold on Spot', async () => {
    const world = await open()
    try {
      expect(await world.prices.spot('hpc7g.16xlarge', 'us-east-1')).toEqual(new Map())
    } finally {
      await world.close()
    }
  })

  it('tells the hourly price of a type with the day that it is of, and null for what has none', async () => {
    const world = await open()
    const { prices } = world
    try {
      expect(await prices.onDemand('hpc7g.16xlarge', 'us-east-1')).toEqual({
        usdPerHour: expect.closeTo(1.6832, 6),
        asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      })
      expect(await prices.onDemand('hpc7g.16xlarge', 'xx-nowhere-1')).toBeNull()
      expect(await prices.onDemand('nope.large', 'us-east-1')).toBeNull()
    } finally {
      await world.close()
    }
  })
})
