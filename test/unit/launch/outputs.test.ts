import * as fc from 'fast-check'
import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { outputRegex } from '../../../src/launch/outputs.ts'

const matches = (glob: string, path: string) => new RegExp(`^(?:${outputRegex(glob)})$`, 's').test(`./${path}`)

const joined = (part: fc.Arbitrary<string>) =>
  fc.array(part, { minLength: 1, maxLength: 4 }).map((list) => list.join('/'))

test.each([
  ['*.csv', 'a.csv', true],
  ['*.csv', 'a/b.csv', false],
  ['**/*.csv', 'a.csv', true],
  ['**/*.csv', 'a/b/c.csv', true],
  ['data', 'data/deep/file', true],
  ['data/', 'data/file', true],
  ['./data', 'data', true],
  ['data', 'database', false],
  ['a?.txt', 'ab.txt', true],
  ['a?.txt', 'a/.txt', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['[!a]x', '/x', false],
  ['{a,b*}.png', 'bcd.png', true],
  ['$(id).txt', '$(id).txt', true],
  ['a+b', 'a+b', true],
  ['a+b', 'aab', false],
  ['.', 'anything/at/all', true],
  ['x\\*y', 'x*y', true],
  ['x\\*y', 'xzy', false],
])('%s and %s: %s', (glob, path, expected) => {
  expect(matches(glob, path)).toBe(expected)
})

test('agrees with Node’s own globs', () => {
  const piece = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', '?', '**')
  const name = fc.constantFrom('a', 'b', 'ab', 'ba', 'c')
  fc.assert(
    fc.property(joined(piece), joined(name), (glob, path) => {
      // What matches a folder takes what is in it, which Node's globs do not.
      const parts = path.split('/')
      const folders = parts.map((_, end) => parts.slice(0, end + 1).join('/'))
      expect(matches(glob, path)).toBe(folders.some((folder) => matchesGlob(folder, glob)))
    }),
  )
})

test('a plain name matches itself, whatever is in it', () => {
  const plain = fc.string({ minLength: 1, unit: 'binary' }).filter((name) => !/[*?[\]{}\\/]|^\.$|\n/.test(name))
  fc.assert(fc.property(plain, (name) => matches(name, name)))
})
