import { describe, expect, it } from 'vitest'
import { setups } from './worlds/setups.ts'

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
