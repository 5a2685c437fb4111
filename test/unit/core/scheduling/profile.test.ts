import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { profileOf } from '../../../../src/core/scheduling/profile.ts'

const NOW = 1000

it('says of each node from when on it is free for good', () => {
  const profile = profileOf(NOW, 4, [NOW + 5, NOW + 9, Infinity])
  expect(profile.freed()).toEqual([NOW, NOW + 5, NOW + 9])
  profile.take(2, NOW + 20, NOW + 30)
  expect(profile.freed()).toEqual([NOW, NOW + 30, NOW + 30])
  profile.take(1, NOW, Infinity)
  expect(profile.freed()).toEqual([NOW + 30, NOW + 30])
})

it('so many can be taken for good from then on, and no more', () => {
  const ends = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 6 })
  const uses = fc.array(fc.record({ count: fc.integer({ min: 1, max: 3 }), ms: fc.integer({ min: 1, max: 20 }) }))
  fc.assert(
    fc.property(fc.nat(4), ends, uses, (idle, busy, taken) => {
      const total = idle + busy.length
      const profile = profileOf(
        NOW,
        total,
        busy.map((end) => NOW + end),
      )
      for (const { count, ms } of taken) {
        if (count <= total) profile.take(count, profile.earliest(count, ms), profile.earliest(count, ms) + ms)
      }
      const freed = profile.freed()
      expect(freed).toHaveLength(total)
      expect(freed).toEqual(freed.toSorted((a, b) => a - b))
      for (const [nth, at] of freed.entries()) {
        expect(profile.isFree(nth + 1, at, Infinity)).toBe(true)
        if (at > NOW) expect(profile.isFree(nth + 1, at - 1, Infinity)).toBe(false)
      }
    }),
  )
})
