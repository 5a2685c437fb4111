/**
 * Splits a command written as one string into its words, as a POSIX shell would quote them and nothing more: no variable,
 * no glob, no pipe. `$HOME`, `*` and `|` reach the program as they stand.
 */
export type SplitResult =
  | { readonly ok: true; readonly words: readonly string[] }
  /** `column` counts characters from 1. */
  | { readonly ok: false; readonly problem: string; readonly column: number }

export function splitWords(text: string): SplitResult {
  const line = text.replace(/\n+$/, '')
  const words: string[] = []
  let word: string | null = null
  let at = 0
  while (at < line.length) {
    const char = line[at]!
    if (char === ' ' || char === '\t' || char === '\r') {
      if (word !== null) words.push(word)
      word = null
      at += 1
    } else if (char === '\n') {
      return { ok: false, problem: 'a line break that is not quoted: a command is one line', column: at + 1 }
    } else {
      const piece: Piece | string = readPiece(line, at)
      if (typeof piece === 'string') return { ok: false, problem: piece, column: at + 1 }
      if (piece.text !== null) word = (word ?? '') + piece.text
      at = piece.next
    }
  }
  if (word !== null) words.push(word)
  return { ok: true, words }
}

interface Piece {
  /** Null adds no word at all: a backslash before a line break. */
  readonly text: string | null
  readonly next: number
}

function readPiece(line: string, at: number): Piece | string {
  switch (line.charAt(at)) {
    case "'": {
      const end = line.indexOf("'", at + 1)
      return end === -1 ? "a quote ' that is never closed" : { text: line.slice(at + 1, end), next: end + 1 }
    }
    case '"':
      return readDoubleQuoted(line, at)
    case '\\':
      if (at + 1 === line.length) return 'a backslash with nothing after it'
      return { text: line[at + 1] === '\n' ? null : line[at + 1]!, next: at + 2 }
    default:
      return { text: line[at]!, next: at + 1 }
  }
}

/** Between double quotes a backslash escapes only `$`, a backquote, `"`, `\` and a line break (POSIX 2.2.3). */
function readDoubleQuoted(line: string, start: number): Piece | string {
  let text = ''
  for (let at = start + 1; at < line.length; at += 1) {
    const char = line[at]!
    if (char === '"') return { text, next: at + 1 }
    if (char !== '\\' || at + 1 === line.length) {
      text += char
      continue
    }
    at += 1
    const next = line[at]!
    if (next !== '\n') text += '$`"\\'.includes(next) ? next : `\\${next}`
  }
  return 'a quote " that is never closed'
}
