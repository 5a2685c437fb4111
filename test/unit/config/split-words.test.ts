import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitWords } from '../../../src/config/split-words.ts'
import { shellCommand } from '../../../src/kit/shell-quote.ts'

const words = (text: string) => {
  const split = splitWords(text)
  return split.ok ? split.words : `${split.problem} @${split.column}`
}

describe('words', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['   ', []],
    ['./heat --steps 10', ['./heat', '--steps', '10']],
    ['\t a  b ', ['a', 'b']],
    [`echo 'a b' "c d" e\\ f`, ['echo', 'a b', 'c d', 'e f']],
    [`a''b "" ''`, ['ab', '', '']],
    [`"\\$HOME \\\` \\" \\\\ \\n"`, ['$HOME ` " \\ \\n']],
    [`'\\'`, ['\\']],
    [
      'echo $HOME `id` $(id) *.c | tee x > y; z && w # no comment',
      ['echo', '$HOME', '`id`', '$(id)', '*.c', '|', 'tee', 'x', '>', 'y;', 'z', '&&', 'w', '#', 'no', 'comment'],
    ],
    ['a \\\n  b', ['a', 'b']],
    ['a\\\nb', ['ab']],
    [`'a\nb'`, ['a\nb']],
    ['a b\n', ['a', 'b']],
  ])('%j', (text, expected) => expect(words(text)).toEqual(expected))
})

test.each([
  [`echo 'a`, "a quote ' that is never closed @6"],
  [`ab"c'`, 'a quote " that is never closed @3'],
  [`"abc\\"`, 'a quote " that is never closed @1'],
  ['a \\', 'a backslash with nothing after it @3'],
  ['a\nb', 'a line break that is not quoted: a command is one line @2'],
])('%j is refused with the column', (text, problem) => expect(words(text)).toBe(problem))

const word = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', ' ', '\n', '$', 'a', '`', '\t') }),
  )
  .filter((text) => !text.includes('\0'))

test('words that the shell quoter quoted come out as they were', () => {
  fc.assert(
    fc.property(fc.array(word), (list) => {
      expect(words(shellCommand(list))).toEqual(list)
    }),
  )
})

test('never fails, whatever the text', () => {
  fc.assert(
    fc.property(word, (text) => {
      expect(typeof splitWords(text).ok).toBe('boolean')
    }),
  )
})
