import { describe, expect, it } from 'vitest'
import { integer, listOf, mapOf, members, oneOf, readRequest, text } from '../../../src/sandbox/services/json/shape.ts'
import { pageOf } from '../../../src/sandbox/services/json/page.ts'
import * as fc from 'fast-check'

const shape = members(
  {
    FileSystemType: oneOf('LUSTRE', 'WINDOWS'),
    SubnetIds: listOf(text({ min: 15, max: 24, pattern: /^(subnet-[0-9a-f]{8,})$/ }), { max: 2 }),
  },
  {
    MaxResults: integer({ least: 5, most: 50 }),
    Tags: listOf(members({ Key: text({ min: 1 }) }, {})),
    Parameters: mapOf(listOf(text())),
  },
)
const read = (input: unknown): unknown => readRequest(shape, input, 'BadRequest')
const good = { FileSystemType: 'LUSTRE', SubnetIds: ['subnet-0123456789abcdef0'] }

describe('reading a JSON request', () => {
  it('gives what was asked for, nulls and unknown members left out', () => {
    expect(read({ ...good, MaxResults: null, Other: 1 })).toEqual(good)
    expect(read({ ...good, Parameters: { a: ['1'] } })).toEqual({ ...good, Parameters: { a: ['1'] } })
  })

  it.each([
    [
      {},
      "2 validation errors detected: Value null at 'fileSystemType' failed to satisfy constraint: Member must not be null; Value null at 'subnetIds' failed to satisfy constraint: Member must not be null",
    ],
    [
      { ...good, FileSystemType: 'EXT4' },
      "1 validation error detected: Value 'EXT4' at 'fileSystemType' failed to satisfy constraint: Member must satisfy enum value set: [LUSTRE, WINDOWS]",
    ],
    [
      { ...good, MaxResults: 100 },
      "1 validation error detected: Value '100' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
    [
      { ...good, SubnetIds: ['a', 'b', 'c'] },
      /Value '\[a, b, c\]' at 'subnetIds' failed to satisfy constraint: Member must have length less than or equal to 2; .*Member must satisfy constraint: \[Member must have length less than or equal to 24, Member must have length greater than or equal to 15, Member must satisfy regular expression pattern: \^\(subnet-/,
    ],
    [
      { ...good, Tags: [{ Key: 'a' }, { Key: '' }] },
      "1 validation error detected: Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])('names every broken constraint of %j', (input, message) => {
    expect(() => read(input)).toThrow(
      expect.objectContaining({
        code: 'BadRequest',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    )
  })

  it.each([
    { ...good, MaxResults: '7' },
    { ...good, MaxResults: 1.5 },
    { ...good, SubnetIds: 'x' },
    { ...good, FileSystemType: 7 },
    { ...good, Tags: [1] },
    [],
  ])('refuses the JSON type of %j', (input) => {
    expect(() => read(input)).toThrow(expect.objectContaining({ code: 'SerializationException' }))
  })
})

describe('paging', () => {
  it('shows every item once, in order, also when items arrive in front between pages', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 50 }), (count, size) => {
        let items = Array.from({ length: count }, (_, index) => `k${index}`)
        const seen: string[] = []
        let token: string | undefined
        do {
          const page = pageOf(
            items,
            (key) => key,
            size,
            token,
            () => new Error('bad token'),
          )
          seen.push(...page.items)
          token = page.nextToken
          items = [`new${seen.length}`, ...items]
        } while (token !== undefined)
        expect(seen).toEqual(Array.from({ length: count }, (_, index) => `k${index}`))
      }),
    )
  })

  it('refuses a token that it did not make', () => {
    expect(() =>
      pageOf(
        ['a'],
        (key) => key,
        1,
        'junk',
        () => new Error('bad token'),
      ),
    ).toThrow('bad token')
  })
})
