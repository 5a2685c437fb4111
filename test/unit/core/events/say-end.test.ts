import { expect, it } from 'vitest'
import { clockTime } from '../../../../src/core/events/clock-time.ts'
import { isFixedEnd, sayEnd } from '../../../../src/core/events/say-end.ts'

const HOUR = 3_600_000
const now = Date.UTC(2026, 10, 24, 12)
const end = (lease: number | null, most: number | null) => ({
  endsAt: lease === null ? null : now + lease * HOUR,
  leftS: lease === null ? null : lease * 3600,
  mostAt: most === null ? null : now + most * HOUR,
  mostS: most === null ? null : most * 3600,
})
const at = (hours: number) => clockTime(now + hours * HOUR, hours * 3600)

it.each([
  [end(null, null), 'never ends by itself', false],
  [end(1, null), `ends itself at ${at(1)} unless it is used`, false],
  [end(1, 4), `ends itself at ${at(1)} unless it is used, at ${at(4)} in any case`, false],
  [end(4, 4), `ends itself at ${at(4)}, whatever runs on it`, true],
])('no use and no renewal is promised to put off what nothing does: %o', (given, words, isFixed) => {
  expect(sayEnd(given)).toBe(words)
  expect(isFixedEnd(given)).toBe(isFixed)
})
