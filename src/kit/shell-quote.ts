/**
 * The one function through which anything reaches a shell.
 *
 * Single quotes keep every byte literal in a POSIX shell but the quote itself, which is closed, escaped and
 * opened again. NUL cannot be passed to a program at all, so it is refused instead of being dropped in silence.
 */
export function shellQuote(word: string): string {
  if (word.includes('\0')) throw new RangeError('a NUL byte cannot be passed to a program')
  if (word !== '' && /^[A-Za-z0-9_/:=.,@%+-]+$/.test(word)) return word
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** Quotes every word and joins them with spaces: one simple command. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(' ')
}
