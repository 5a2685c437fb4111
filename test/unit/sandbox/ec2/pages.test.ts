import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { page } from '../../../../src/sandbox/services/ec2/input/pages.ts'

const same = (item: string) => item

function readAll(
  items: readonly string[],
  MaxResults: number,
  between: () => readonly string[] = () => items,
): string[] {
  const read: string[] = []
  let NextToken: string | undefined
  do {
    const { items: shown, nextToken } = page(between(), { MaxResults, NextToken }, same)
    expect(shown.length).toBeLessThanOrEqual(MaxResults)
    read.push(...shown)
    NextToken = nextToken
  } while (NextToken !== undefined)
  return read
}

test('pages of any size together are everything, once, in order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (items, size) => {
      expect(readAll(items, size)).toEqual(items)
    }),
  )
})

test('what is added meanwhile is read, what is taken away hides nothing else', () => {
  let items = ['a', 'b', 'c', 'd']
  const first = page(items, { MaxResults: 2 }, same)
  items = ['a', 'b', 'new', 'c', 'd']
  expect(page(items, { NextToken: first.nextToken }, same).items).toEqual(['new', 'c', 'd'])
  items = ['a', 'c', 'd']
  expect(page(items, { NextToken: first.nextToken }, same).items).toEqual(['d'])
})

test('a token of nobody is refused', () => {
  for (const NextToken of ['x', Buffer.from('{}').toString('base64url'), Buffer.from('[1]').toString('base64url')])
    expect(() => page(['a'], { NextToken }, same)).toThrow('The specified NextToken is not valid.')
})
