/**
 * Makes text from elsewhere (names, AWS's messages, paths) safe for a terminal: control characters, escape sequences and
 * marks that turn the direction of writing become visible, line breaks become spaces. Job output never goes through here.
 */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

export function sanitise(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r?\n|\t/g, ' ')
    .replace(UNSAFE, (char) => {
      const code = char.charCodeAt(0).toString(16)
      return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
    })
}
