import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameReader, inputLines, type ShellFrame } from '../../../src/launch/remote/shell-frames.ts'
import { trailerReader } from '../../../src/launch/remote/shell-trailer.ts'

const NONCE = 'muster-1f'
/** The bytes in pieces of these lengths, again and again. */
function pieces(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const cut: Uint8Array[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1
    cut.push(bytes.subarray(at, at + length))
    at += length
  }
  return cut
}
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

describe('a terminal', () => {
  it('shows everything but the exit code behind it, however it is cut', () => {
    const shown = fc.oneof(
      fc.string(),
      fc.constantFrom('\u001B]', `\u001B]${NONCE}`, `\u001B]${NONCE.slice(0, 4)}x`, '\u001B[0m'),
    )
    fc.assert(
      fc.property(fc.array(shown), fc.integer({ min: 0, max: 255 }), lengths, (texts, code, cut) => {
        const text = texts.join('')
        fc.pre(!text.includes(`\u001B]${NONCE};`))
        const read = trailerReader(NONCE)
        const got = pieces(Buffer.from(`${text}\u001B]${NONCE};${code}\u0007`), cut).map((bytes) => read(bytes))
        expect(Buffer.concat(got.map(({ show }) => show)).toString()).toBe(text)
        expect(got.map(({ exitCode }) => exitCode).filter((one) => one !== null)).toEqual([code])
      }),
    )
  })

  it('shows a lone escape as soon as it cannot be the beginning of it', () => {
    const read = trailerReader(NONCE)
    expect(Buffer.from(read(Buffer.from('a\u001B')).show).toString()).toBe('a')
    expect(Buffer.from(read(Buffer.from('[1m')).show).toString()).toBe('\u001B[1m')
  })
})

describe('pipes', () => {
  it('give back what the node wrote to each, in order, however it is cut', () => {
    const written = fc.array(
      fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), fc.uint8Array({ minLength: 1, maxLength: 50 })),
    )
    fc.assert(
      fc.property(written, fc.nat({ max: 255 }), lengths, (parts, code, cut) => {
        const lines = parts.map(
          ([stream, bytes]) => `${stream === 'stdout' ? 'o' : 'e'}${Buffer.from(bytes).toString('base64')}\n`,
        )
        const read = frameReader(NONCE)
        const text = `sudo: a word\r\n${NONCE}\n${lines.join('')}x${code}\n`
        const frames = pieces(Buffer.from(text), cut).flatMap((bytes) => read(bytes))
        const expected: ShellFrame[] = [
          { type: 'noise', text: 'sudo: a word\r' },
          { type: 'ready' },
          ...parts.map(([type, bytes]) => ({ type, bytes: Buffer.from(bytes) })),
          { type: 'exit', exitCode: code },
        ]
        expect(frames).toEqual(expected)
      }),
    )
  })

  it('take input in lines that a terminal can hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        const lines = inputLines(bytes).split('\n').slice(0, -1)
        expect(Math.max(0, ...lines.map((line) => line.length))).toBeLessThan(4095)
        expect(Buffer.concat(lines.map((line) => Buffer.from(line, 'base64')))).toEqual(Buffer.from(bytes))
      }),
    )
  })
})
