import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tagValueProblem } from '../../../../src/core/fleet/tags.ts'
import { isQuarantined, markFromTag, markToTag, QUARANTINED_BY } from '../../../../src/core/fleet/quarantine.ts'

describe('the mark of a bad node', () => {
  it('is kept in a tag, and read from it again', () => {
    const mark = fc.record({
      by: fc.constantFrom(...QUARANTINED_BY, 'released' as const),
      since: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
      why: fc.string({ unit: 'grapheme', maxLength: 400 }),
    })
    fc.assert(
      fc.property(mark, (one) => {
        const tag = markToTag(one)
        expect(tagValueProblem(tag)).toBeNull()
        const read = markFromTag(tag)
        expect(read).toMatchObject({ by: one.by, since: one.since })
        expect(markToTag(read!)).toBe(tag)
      }),
    )
  })

  it('has the words of a check, as far as tags may hold them', () => {
    const why = 'the storage on /fsx cannot be written: "No such file" (exit 40)'
    const tag = markToTag({ by: 'check', since: Date.UTC(2026, 10, 23, 22, 30, 5, 900), why })
    expect(tag).toBe('2026-11-23T22:30:05Z check the storage on /fsx cannot be written: No such file exit 40')
  })

  it.each([null, '', 'yes', '2026-11-23T22:30:05Z odd x', '2026-99-23T22:30:05Z check x'])('is none in %j', (value) => {
    expect(markFromTag(value)).toBeNull()
  })

  it('quarantines until it is released', () => {
    const mark = { by: 'hand', since: 0, why: '' } as const
    expect([mark, { ...mark, by: 'released' as const }, null].map((one) => isQuarantined({ mark: one }))).toEqual([
      true,
      false,
      false,
    ])
  })
})
