import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { filters, matcher } from '../../../../src/sandbox/services/ec2/input/filters.ts'

interface Item {
  readonly name: string
  readonly sizes: readonly number[]
  readonly tags: ReadonlyMap<string, string>
}

const table = { name: (item: Item) => item.name, size: (item: Item) => item.sizes }
const item = (name: string, tags: Record<string, string> = {}, sizes: number[] = []): Item => ({
  name,
  sizes,
  tags: new Map(Object.entries(tags)),
})
const matches = (one: Item, ...wanted: [string, ...string[]][]) =>
  matcher(
    wanted.map(([Name, ...Value]) => ({ Name, Value })),
    table,
    (each) => each.tags,
  )(one)

test('values are alternatives, filters must all hold', () => {
  const one = item('node', { fleet: 'x' }, [1, 2])
  expect(matches(one, ['name', 'other', 'node'])).toBe(true)
  expect(matches(one, ['name', 'node'], ['tag:fleet', 'y'])).toBe(false)
  expect(matches(one, ['size', '2'], ['tag-key', 'fl*'])).toBe(true)
  expect(matches(one, ['tag:absent', '*'])).toBe(false)
  expect(matches(one)).toBe(true)
})

test('letters count by case, wildcards match anything, a backslash takes their meaning away', () => {
  expect(matches(item('Node'), ['name', 'node'])).toBe(false)
  expect(matches(item('node-17'), ['name', 'n*-1?'])).toBe(true)
  expect(matches(item('a*c'), ['name', String.raw`a\*c`])).toBe(true)
  expect(matches(item('abc'), ['name', String.raw`a\*c`])).toBe(false)
  expect(matches(item('a.c'), ['name', 'a.c'])).toBe(true)
  expect(matches(item('abc'), ['name', 'a.c*'])).toBe(false)
  expect(matches(item('two\nlines'), ['name', 'two*lines'])).toBe(true)
})

test('any text matches itself, and is found again with a star around any of its parts', () => {
  const plain = fc.string({ maxLength: 40 }).filter((text) => !/[*?\\]/.test(text))
  fc.assert(
    fc.property(plain, fc.nat(40), fc.nat(40), (text, from, length) => {
      expect(matches(item(text), ['name', text])).toBe(true)
      expect(matches(item(text), ['name', `*${text.slice(from, from + length)}*`])).toBe(true)
    }),
  )
})

test('a name that is not in the table is refused, also one that every object has', () => {
  for (const name of ['colour', 'constructor', '__proto__'])
    expect(() => matches(item('x'), [name, 'y'])).toThrow(`The filter '${name}' is invalid`)
})

test('filters are read from the wire with their limits', () => {
  expect(filters([{ Name: 'name', Value: ['a'] }], 'Filter')).toEqual([{ Name: 'name', Value: ['a'] }])
  expect(() => filters([{ Name: 'name', Value: Array.from({ length: 201 }, String) }], 'Filter')).toThrow(/at most 200/)
  expect(() => filters([{ Value: ['a'] }], 'Filter')).toThrow('The request must contain the parameter Filter.1.Name')
})
