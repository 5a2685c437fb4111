import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bar } from '../../../src/ui/bar.ts'
import { sanitise } from '../../../src/ui/sanitise.ts'
import { table } from '../../../src/ui/table.ts'
import { createTheme } from '../../../src/ui/theme.ts'
import { showBytes, showDuration, showMoney, showPercent, showRate } from '../../../src/ui/units.ts'
import { cut, fill, textWidth } from '../../../src/ui/width.ts'

const UNIT_MS = new Map([
  ['s', 1e3],
  ['m', 6e4],
  ['h', 36e5],
  ['d', 864e5],
])

/** A duration as it is shown, read again. */
function inMs(text: string): number {
  const parts = [...text.matchAll(/([\d.]+) ?([smhd])/g)]
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_MS.get(unit ?? '') ?? Number.NaN), 0)
}

const FACTORS = new Map([
  ['bytes', 1],
  ['byte', 1],
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
  ['PB', 1e15],
])

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

describe('units', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_073_741_824, '1.1 GB'],
    [2e15, '2.0 PB'],
    [5e18, '5000 PB'],
  ])('%d: %s', (bytes, text) => expect(showBytes(bytes)).toBe(text))

  test.each([
    [-5, '0.0 s'],
    [340, '0.3 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1m 00s'],
    [221_000, '3m 41s'],
    [3_599_600, '1h 00m'],
    [7_500_000, '2h 05m'],
    [97_200_000, '1d 03h'],
  ])('%d: %s', (ms, text) => expect(showDuration(ms)).toBe(text))

  test('rates, money, per cent', () => {
    expect([showRate(8_100_000, 1000), showRate(10, 1000), showRate(1, 0)]).toEqual(['8.1 MB/s', '10 B/s', '- MB/s'])
    expect([showMoney(53.4), showMoney(0), showMoney(0.001)]).toEqual(['$53.40', '$0.00', '<$0.01'])
    expect([showPercent(99.9), showPercent(100), showPercent(-3), showPercent(400)]).toEqual([
      '99 %',
      '100 %',
      '0 %',
      '100 %',
    ])
  })

  test('what is shown is within five per cent of what is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        const [number, unit] = showBytes(bytes).split(' ')
        const shown = Number(number) * (FACTORS.get(unit ?? '') ?? Number.NaN)
        expect(Math.abs(shown / bytes - 1)).toBeLessThanOrEqual(0.051)
      }),
    )
  })

  test('more never looks like less time', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (a, b) => {
        expect(inMs(showDuration(Math.min(a, b)))).toBeLessThanOrEqual(inMs(showDuration(Math.max(a, b))))
      }),
    )
  })
})

describe('width', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['長い', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['✔ ok', 4],
    ['\u001b[32mok\u001b[0m', 2],
    ['\u200b', 0],
  ])('%j is %d wide', (text, width) => expect(textWidth(text)).toBe(width))

  test('what is cut fits, and what fits is not cut', () => {
    fc.assert(
      fc.property(anyText, fc.nat(30), (text, columns) => {
        expect(textWidth(cut(text, columns))).toBeLessThanOrEqual(columns)
        expect(cut(text, textWidth(text))).toBe(text)
      }),
    )
    expect(cut('\u001b[31mabcdef\u001b[0m', 4)).toBe('\u001b[31mabc…\u001b[0m')
  })

  test('what is filled is as wide as asked', () => {
    expect([fill('ab', 4), fill('ab', 4, 'right'), fill('abcde', 4)]).toEqual(['ab  ', '  ab', 'abcde'])
  })
})

describe('table', () => {
  const columns = [{ title: 'JOB' }, { title: 'NAME', flexible: true }, { title: 'EXIT', side: 'right' as const }]

  test('aligned', () => {
    expect(
      table(columns, [
        ['a', 'long name', '0'],
        ['bcdef', '長い\u001b', '127'],
      ]),
    ).toEqual(['JOB    NAME       EXIT', 'a      long name     0', 'bcdef  長い\\x1b    127'])
  })

  test('never wider than asked, one line a row, no control characters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyText, anyText, anyText), { maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (rows, width) => {
          const lines = table(columns, rows, width)
          expect(lines).toHaveLength(rows.length + 1)
          for (const line of lines) {
            expect(textWidth(line)).toBeLessThanOrEqual(width)
            // eslint-disable-next-line no-control-regex
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
          }
        },
      ),
    )
  })
})

test('nothing that a terminal obeys is left', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // eslint-disable-next-line no-control-regex
      expect(sanitise(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
    }),
  )
  expect(sanitise('a b é 長')).toBe('a b é 長')
})

test('bars', () => {
  const theme = createTheme({}, { LANG: 'en_US.UTF-8' })
  expect([0, 45, 99.9, 100, 300].map((percent) => bar(percent, 10, theme))).toEqual([
    '░░░░░░░░░░   0 %',
    '████░░░░░░  45 %',
    '█████████░  99 %',
    '██████████ 100 %',
    '██████████ 100 %',
  ])
})

describe('colours', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { CLICOLOR_FORCE: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('terminal %s with %j: %s', (isTTY, env, isColoured) => {
    expect(createTheme({ isTTY }, env).done('x') !== 'x').toBe(isColoured)
  })

  test('signs are letters where the locale has no others', () => {
    expect(createTheme({}, {}).signs.done).toBe('+')
    expect(createTheme({}, { LC_ALL: 'C', LANG: 'en_US.UTF-8' }).signs.done).toBe('+')
  })
})

test('a table that is too wide though all is cut leaves out what may go, one column after another', () => {
  const columns = [
    { title: 'JOB' },
    { title: 'NAME', flexible: true, leaves: 1 },
    { title: 'NODES', leaves: 2 },
    { title: 'COST' },
  ]
  const rows = [['heat-20261123-143205-k7f2', 'heat-of-a-plate', '4', '$0.31']]
  expect(table(columns, rows, 49)[1]).toBe('heat-20261123-143205-k7f2  heat-of…  4      $0.31')
  expect(table(columns, rows, 40)[1]).toBe('heat-20261123-143205-k7f2  4      $0.31')
  expect(table(columns, rows, 38)[1]).toBe('heat-20261123-143205-k7f2  $0.31')
  expect(table(columns, rows, 20)[1]).toBe('heat-20261123-14320…')
})
