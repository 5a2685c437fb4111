import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeKeys } from '../../../../src/app/shell/escape-keys.ts'

/** The keys in pieces as they come, and what is made of them. */
function typed(text: string, piece = 1000): { readonly sent: string; readonly left: boolean } {
  const keys = escapeKeys()
  let sent = ''
  for (let at = 0; at < text.length; at += piece) {
    const { send, leaves } = keys(Buffer.from(text.slice(at, at + piece), 'latin1'))
    sent += Buffer.from(send).toString('latin1')
    if (leaves) return { sent, left: true }
  }
  return { sent, left: false }
}

it.each([
  ['~.', '', true],
  ['ls\r~.', 'ls\r', true],
  ['ls ~.\r', 'ls ~.\r', false],
  ['~~.', '~.', false],
  ['~/bin\r', '~/bin\r', false],
  ['a\n~~\n~.x', 'a\n~\n', true],
])('%j sends %j, and leaves: %j', (text, sent, left) => {
  for (const piece of [1, 1000]) expect(typed(text, piece)).toEqual({ sent, left })
})

it('hands every key on that is no escape, however keys come together', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '~', '.', '\r', '\n', '\u0003') })
  fc.assert(
    fc.property(
      text.filter((keys) => !/(^|[\r\n])~/.test(keys)),
      fc.integer({ min: 1, max: 5 }),
      (keys, piece) => {
        expect(typed(keys, piece)).toEqual({ sent: keys, left: false })
      },
    ),
  )
})
