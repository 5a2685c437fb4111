import { expect, it } from 'vitest'
import { clockTime, exactTime } from '../../../../src/core/events/clock-time.ts'

const AT = new Date(2026, 10, 23, 14, 2, 10).getTime()

it.each([
  ['some minutes away', 60, '14:02:10', '14:02:10'],
  ['less than half a day away', 3600, '14:02', '14:02:10'],
  ['days away', 200_000, '2026-11-23 14:02', '2026-11-23 14:02:10'],
])('a time that is %s, as people say it and to the second', (_, awayS, said, exact) => {
  expect(clockTime(AT, awayS)).toBe(said)
  expect(exactTime(AT, awayS)).toBe(exact)
})
