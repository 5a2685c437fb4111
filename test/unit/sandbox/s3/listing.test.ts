import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareKeys } from '../../../../src/sandbox/services/s3/store/key-order.ts'
import { listPage } from '../../../../src/sandbox/services/s3/store/list-page.ts'
import { SortedKeys } from '../../../../src/sandbox/services/s3/store/sorted-keys.ts'

const anyKey = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((key) => key !== '')
const pathKey = fc
  .array(fc.constantFrom('a', 'b', '/', 'é', '\u{1F600}', '\uFFFD'), { minLength: 1, maxLength: 7 })
  .map((each) => each.join(''))

it('orders keys by their UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.oneof(anyKey, pathKey), fc.oneof(anyKey, pathKey), (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
  )
})

it('keeps keys sorted and single while they come and go', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(pathKey, fc.boolean())), fc.array(pathKey), (changes, first) => {
      const keys = new SortedKeys(new Set(first))
      const model = new Set(first)
      for (const [key, comes] of changes) {
        if (comes) keys.add(key)
        else keys.remove(key)
        if (comes) model.add(key)
        else model.delete(key)
      }
      const kept: string[] = []
      for (let at = 0, key = keys.at(0); key !== undefined; key = keys.at(++at)) kept.push(key)
      expect(kept).toEqual([...model].toSorted(compareKeys))
    }),
  )
})

it('tells every key or common prefix once, in order, whatever the size of a page', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(pathKey, { maxLength: 40 }),
      fc.constantFrom('', 'a', 'a/', 'é', '/'),
      fc.constantFrom('', '/', 'a', '//'),
      fc.integer({ min: 1, max: 7 }),
      (all, prefix, delimiter, most) => {
        const keys = new SortedKeys(all)
        const told: string[] = []
        let after = ''
        for (let page = 0; page < 100; page++) {
          const { entries, next } = listPage(keys, { prefix, delimiter, after, most })
          expect(entries.length).toBeLessThanOrEqual(most)
          told.push(...entries.map(({ name }) => name))
          if (next === undefined) break
          after = next
        }
        expect(told).toEqual(expected(all, prefix, delimiter))
      },
    ),
  )
})

function expected(all: readonly string[], prefix: string, delimiter: string): string[] {
  const names = all
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
      return end < 0 ? key : key.slice(0, end + delimiter.length)
    })
  return [...new Set(names)].toSorted(compareKeys)
}
