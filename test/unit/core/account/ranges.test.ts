import { assert, integer, property, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import { freeSubnetRange, freeVpcRange, overlap } from '../../../../src/core/account/ranges.ts'

it.each([
  ['10.0.0.0/8', '10.64.0.0/16', true],
  ['10.64.0.0/16', '10.65.0.0/16', false],
  ['10.64.0.0/20', '10.64.15.255/32', true],
  ['10.64.0.0/20', '10.64.16.0/20', false],
  ['0.0.0.0/0', '192.168.0.1/32', true],
  ['2001:db8::/32', '10.0.0.0/8', false],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect([overlap(a, b), overlap(b, a)]).toEqual([expected, expected])
})

it('takes the first range that nobody has, and none where all are taken', () => {
  expect(freeVpcRange([])).toBe('10.64.0.0/16')
  expect(freeVpcRange(['10.64.3.0/24', '10.65.0.0/16'])).toBe('10.66.0.0/16')
  expect(freeVpcRange(['10.0.0.0/8'])).toBeNull()
  expect(freeSubnetRange('10.64.0.0/16', ['10.64.0.0/20'])).toBe('10.64.16.0/20')
  expect(freeSubnetRange('10.64.0.0/16', ['10.64.0.0/16'])).toBeNull()
})

it('gives sixteen subnets that overlap no other', () => {
  assert(
    property(tuple(integer({ min: 0, max: 255 }), integer({ min: 1, max: 16 })), ([second, count]) => {
      const ranges: string[] = []
      for (let n = 0; n < count; n += 1) ranges.push(freeSubnetRange(`10.${second}.0.0/16`, ranges) ?? 'none')
      expect(ranges).not.toContain('none')
      expect(ranges.flatMap((a, at) => ranges.slice(at + 1).filter((b) => overlap(a, b)))).toEqual([])
    }),
  )
})
