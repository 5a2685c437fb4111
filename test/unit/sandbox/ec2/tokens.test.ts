import { expect, test } from 'vitest'
import { newTokens } from '../../../../src/sandbox/services/ec2/state/tokens.ts'

test('the same token and parameters give the first answer again, in whatever order they are written', () => {
  const tokens = newTokens()
  let made = 0
  const make = () => (made += 1)
  expect(tokens.once('Run', 'a', { x: 1, y: { z: 2, w: 3 } }, make)).toBe(1)
  expect(tokens.once('Run', 'a', { y: { w: 3, z: 2 }, x: 1, ClientToken: 'a' }, make)).toBe(1)
  expect(tokens.once('Other', 'a', { x: 1 }, make)).toBe(2)
  expect(() => tokens.once('Run', 'a', { x: 2 }, make)).toThrow(/different parameters/)
  expect(tokens.once('Run', undefined, { x: 1 }, make)).toBe(3)
  expect(tokens.once('Run', '', { x: 1 }, make)).toBe(4)
})

const fail = () => {
  throw new Error('no capacity')
}

test('a call that failed may be tried again under its token', () => {
  const tokens = newTokens()
  expect(() => tokens.once('Run', 'a', { x: 1 }, fail)).toThrow('no capacity')
  expect(tokens.once('Run', 'a', { x: 2 }, () => 'made')).toBe('made')
})
