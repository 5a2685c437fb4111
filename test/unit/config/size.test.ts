import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSizeGiB, printSizeGiB } from '../../../src/config/size.ts'

test.each([
  ['1200 GiB', 1200],
  ['1200GiB', 1200],
  [1200, 1200],
  ['1.2 TiB', 1200],
  ['2.4 tib', 2400],
  ['72 TiB', 72_000],
])('%j is %d GiB', (text, gib) => expect(parseSizeGiB(text)).toBe(gib))

test.each(['', '1200', '1.2 TB', '1200 MiB', '0 GiB', '-1 GiB', '1.5 GiB', 0, -1, 1.5, Number.NaN, Infinity])(
  '%j is no size',
  (value) => expect(parseSizeGiB(value)).toBeNull(),
)

test('what is printed is read as the same', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (gib) => parseSizeGiB(printSizeGiB(gib)) === gib))
})
