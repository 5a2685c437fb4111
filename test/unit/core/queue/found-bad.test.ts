import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { MOST_REPLACED, tooManyBad, withFound, type FoundBad } from '../../../../src/core/queue/found-bad.ts'

const HOUR = 3_600_000
const bad = (node: string, since: number, by: FoundBad['by'] = 'check'): FoundBad => ({
  node,
  instanceType: 'hpc7g.16xlarge',
  by,
  since,
  why: 'the mount is gone',
})

it('stops replacing after three in an hour, until the first of them is an hour ago', () => {
  const found = [0, 10, 20, 30].map((minute) => bad(`i-${minute}`, minute * 60_000))
  expect(tooManyBad(found.slice(0, 3), 30 * 60_000)).toBeNull()
  expect(tooManyBad(found, 30 * 60_000)).toEqual({
    until: HOUR,
    message: '4 nodes were found bad within an hour, the last i-30 (the mount is gone): no more are launched for now',
  })
  expect(tooManyBad(found, HOUR)).toBeNull()
})

it('counts no node that somebody quarantined by hand', () => {
  expect(
    tooManyBad(
      [0, 1, 2, 3, 4].map((n) => bad(`i-${n}`, n, 'hand')),
      10,
    ),
  ).toBeNull()
})

it('is blocked exactly while more than three were found within the hour before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4 * HOUR), { maxLength: 12 }), fc.nat(5 * HOUR), (times, now) => {
      const found = withFound(
        [],
        times.filter((since) => since <= now).map((since, n) => bad(`i-${n}`, since)),
        now,
      )
      const lately = found.filter((one) => now - one.since < HOUR).length
      const blocked = tooManyBad(found, now)
      expect(blocked !== null).toBe(lately > MOST_REPLACED)
      if (blocked === null) return
      expect(blocked.until).toBeGreaterThan(now)
      expect(tooManyBad(found, blocked.until)).toBeNull()
    }),
  )
})

it('has each node once, and forgets what was yesterday', () => {
  const found = withFound([bad('i-1', 0), bad('i-2', HOUR)], [bad('i-2', 2 * HOUR, 'hand')], 24 * HOUR)
  expect(found).toEqual([bad('i-2', 2 * HOUR, 'hand')])
})
