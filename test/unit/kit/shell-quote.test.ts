import * as fc from 'fast-check'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { shellCommand, shellQuote } from '../../../src/kit/shell-quote.ts'

const word = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '$', '`', '(', ')', '\n', ' ', '!', '*', '~', '#', ';', '&', 'a'),
  }),
)

describe('quoting', () => {
  it('brings every word through a real shell as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          word.filter((text) => !text.includes('\0')),
          { minLength: 1, maxLength: 8 },
        ),
        async (words) => {
          const { stdout } = await execa('/bin/sh', ['-c', `printf '%s\\0' ${shellCommand(words)}`], {
            stripFinalNewline: false,
          })
          expect(stdout.split('\0').slice(0, -1)).toEqual(words)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('refuses what no program can get', () => {
    expect(() => shellQuote('a\0b')).toThrow(RangeError)
  })
})
