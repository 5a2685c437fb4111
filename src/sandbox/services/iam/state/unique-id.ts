import { randomBytes } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The id that tells an entity from a later one of the same name: `AROA`, `AIPA`, `ANPA` and seventeen of A-Z2-7. */
export function uniqueId(prefix: 'AROA' | 'AIPA' | 'AIDA'): string {
  return prefix + Array.from(randomBytes(17), (byte) => LETTERS[byte % 32]).join('')
}
