import { expect, test } from 'vitest'
import { since } from '../../../src/config/since.ts'

const NOW = Date.UTC(2026, 10, 23, 12)

test.each([
  [undefined, null],
  ['12h', NOW - 43_200_000],
  ['2026-11-01', Date.UTC(2026, 10, 1)],
  ['2026-11-01T08:30', Date.UTC(2026, 10, 1, 8, 30)],
  ['2026-11-01 08:30:05Z', Date.UTC(2026, 10, 1, 8, 30, 5)],
  ['2026-11-01T08:30+02:00', Date.UTC(2026, 10, 1, 6, 30)],
] as const)('--since %s', (text, at) => {
  expect(since(text, NOW)).toBe(at)
})

test.each(['yesterday', '7', '2026-13-01', '2026-11-01T25:00', ''])('--since %j is refused with an example', (text) => {
  expect(() => since(text, NOW)).toThrow(expect.objectContaining({ code: 'UsageInvalid' }))
})
