import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST_S, parseDuration, printDuration } from '../../../src/config/duration.ts'

test.each([
  ['90s', 90],
  ['10m', 600],
  ['2h', 7200],
  ['1d', 86_400],
  ['1h30m', 5400],
  ['1d2h3m4s', 93_784],
  ['0s', 0],
])('%s is %d seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds))

test.each(['', '90', 's', '10 m', '-1s', '1.5h', '1m1h', '10min', '1h ', '９s', '1h\n'])('%j is no duration', (text) =>
  expect(parseDuration(text)).toBeNull(),
)

test('what is printed is read as the same', () => {
  fc.assert(fc.property(fc.nat(LONGEST_S), (seconds) => parseDuration(printDuration(seconds)) === seconds))
})
