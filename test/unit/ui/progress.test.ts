import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPercentFinder } from '../../../src/ui/percent-finder.ts'
import { lastPercent } from '../../../src/ui/progress.ts'

test.each([
  ['', null],
  ['no number %', null],
  ['step 10 of 20', null],
  ['12 %', 12],
  ['12%', 12],
  ['12.5% done', 12.5],
  ['\r 10%\r 20%\r', 20],
  ['[####  ]  40 % residual 1e-5', 40],
  ['100 %\n', 100],
  ['101 %', null],
  ['1000%', null],
  ['20 % then 250 %', 20],
  ['a%20b', null],
  ['http://x/%20%2F', null],
  ['-5 %', null],
  ['5 %d', null],
])('%j: %s', (text, percent) => expect(lastPercent(Buffer.from(text))).toBe(percent))

test('bytes of any kind give a number from 0 to 100 or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const percent = lastPercent(bytes)
      expect(percent === null || (percent >= 0 && percent <= 100)).toBe(true)
    }),
  )
  expect(lastPercent(Buffer.concat([Buffer.from([0xff, 0, 0xc3]), Buffer.from('7 %'), Buffer.from([0xfe])]))).toBe(7)
})

test('a number that is cut in two is found', () => {
  const finder = createPercentFinder()
  const push = (text: string) =>
    finder.push({ source: 'a', stream: 'stdout', offset: 0, sentAt: 0, bytes: Buffer.from(text) })
  expect([push('at 4'), push('2'), push(' %\n'), push('nothing\nmore than the overlap')]).toEqual([
    null,
    null,
    42,
    null,
  ])
})
