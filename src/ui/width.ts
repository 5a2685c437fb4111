/** How many columns text takes on a terminal, and cutting and filling it to a number of columns. ANSI colours count nothing. */
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[0-9;]*m/g
// eslint-disable-next-line no-control-regex
const COLOUR_OR_TEXT = /(\u001b\[[0-9;]*m)/

/** The blocks of Unicode's EastAsianWidth.txt that are wide or fullwidth, and pictures shown as such. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}])/u
const NO_WIDTH = /^[\p{Mark}\p{Default_Ignorable_Code_Point}\p{Control}]+$/u
// eslint-disable-next-line no-control-regex
const PLAIN = /^[\u0020-\u007e]*$/

export function textWidth(text: string): number {
  const bare = text.replace(COLOUR, '')
  if (PLAIN.test(bare)) return bare.length
  let width = 0
  for (const { segment } of GRAPHEMES.segment(bare)) width += graphemeWidth(segment)
  return width
}

/** Cut to at most `columns`, with an ellipsis where something is gone; colours are all kept, so that none leaks. */
export function cut(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let kept = ''
  let room = columns - 1
  let isFull = columns < 1
  for (const part of text.split(COLOUR_OR_TEXT)) {
    if (part.startsWith('\u001b[')) {
      kept += part
      continue
    }
    for (const { segment } of isFull ? [] : GRAPHEMES.segment(part)) {
      room -= graphemeWidth(segment)
      isFull = room < 0
      kept += isFull ? '…' : segment
      if (isFull) break
    }
  }
  return kept
}

/** Filled with spaces to `columns`; longer text stays as it is. */
export function fill(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - textWidth(text)))
  return side === 'left' ? text + space : space + text
}

function graphemeWidth(segment: string): number {
  if (NO_WIDTH.test(segment)) return 0
  return WIDE.test(segment) ? 2 : 1
}
