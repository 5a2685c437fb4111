import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JobOutput } from '../../../src/ui/job-output.ts'
import { createLogLines } from '../../../src/ui/log-lines.ts'

const AT = Date.UTC(2026, 10, 23, 14, 32, 5, 123)

const chunk = (source: string, bytes: Uint8Array | string, sentAt = AT): JobOutput => ({
  source,
  stream: 'stdout',
  offset: 0,
  sentAt,
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
})

function through(prefix: { timestamps: boolean; source: boolean }, chunks: readonly JobOutput[]): Buffer {
  const lines = createLogLines(prefix)
  return Buffer.concat([...chunks.map((one) => lines.push(one)), lines.end()])
}

describe('prefixes', () => {
  test('time and source before every line, lines of several sources kept whole', () => {
    const chunks = [chunk('node-0', 'a\nb'), chunk('node-1', 'x\n'), chunk('node-0', 'c\n\nrest', AT + 1000)]
    expect(through({ timestamps: true, source: true }, chunks).toString()).toBe(
      [
        '2026-11-23T14:32:05.123Z node-0: a',
        '2026-11-23T14:32:05.123Z node-1: x',
        '2026-11-23T14:32:05.123Z node-0: bc',
        '2026-11-23T14:32:06.123Z node-0: ',
        '2026-11-23T14:32:06.123Z node-0: rest',
      ].join('\n'),
    )
  })

  test('a line without an end is not held back for ever, and another source does not fall into it', () => {
    const long = 'y'.repeat(70_000)
    const lines = createLogLines({ timestamps: false, source: true })
    expect(lines.push(chunk('a', long)).toString()).toBe(`a: ${long}`)
    expect(lines.push(chunk('b', 'z\n')).toString()).toBe('\nb: z\n')
    expect(lines.push(chunk('a', 'more\n')).toString()).toBe('a: more\n')
  })

  test('what is pushed may be overwritten afterwards', () => {
    const bytes = Buffer.from('abc')
    const lines = createLogLines({ timestamps: false, source: false })
    lines.push(chunk('a', bytes))
    bytes.fill(0)
    expect(Buffer.from(lines.end()).toString()).toBe('abc')
  })
})

test('without prefixes the bytes of one source come out as they went in, wherever they are cut', () => {
  const piece = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => (byte < 40 ? 10 : byte)))
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const out = through(
        { timestamps: false, source: false },
        pieces.map((bytes) => chunk('a', bytes)),
      )
      expect(out.equals(Buffer.concat(pieces))).toBe(true)
    }),
  )
})

test('with prefixes taken away again the lines of each source are what it wrote', () => {
  const piece = fc.record({
    source: fc.constantFrom('a', 'b'),
    text: fc.string({ unit: fc.constantFrom('x', 'y', '\n') }),
  })
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const out = through(
        { timestamps: false, source: true },
        pieces.map(({ source, text }) => chunk(source, text)),
      ).toString()
      for (const source of ['a', 'b']) {
        const wrote = pieces
          .filter((one) => one.source === source)
          .map((one) => one.text)
          .join('')
          .split('\n')
        if (wrote.at(-1) === '') wrote.pop()
        expect(
          out
            .split('\n')
            .filter((line) => line.startsWith(`${source}: `))
            .map((line) => line.slice(3)),
        ).toEqual(wrote)
      }
    }),
  )
})
