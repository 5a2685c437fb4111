import type { Terminal } from '../../../src/ui/terminal.ts'

/** A terminal that a test can read: it obeys the few sequences that the frame uses and wraps long lines as real ones do. */
export interface Screen extends Terminal {
  columns: number
  /** All that was ever written. */
  raw(): string
  /** What stands there, with what has scrolled by, without trailing empty lines. */
  text(): string
  isCursorHidden(): boolean
  emit(event: string): void
}

export function createScreen({ columns = 80, rows = 24, isTTY = true } = {}): Screen {
  const listeners = new Map<string, Set<() => void>>()
  const lines: string[][] = [[]]
  let raw = ''
  let [row, column] = [0, 0]
  let isHidden = false

  const line = (): string[] => {
    while (lines.length <= row) lines.push([])
    return lines[row] ?? []
  }
  const put = (char: string) => {
    if (column >= screen.columns) [row, column] = [row + 1, 0]
    while (line().length < column) line().push(' ')
    line()[column] = char
    column += 1
  }
  const obey = (sequence: string) => {
    const number = Number(sequence.slice(2, -1))
    if (sequence.endsWith('A')) row = Math.max(0, row - number)
    else if (sequence === '\u001b[J') {
      lines.length = row + 1
      line().length = Math.min(line().length, column)
    } else if (sequence.startsWith('\u001b[?25')) isHidden = sequence.endsWith('l')
    else if (!sequence.endsWith('m')) throw new Error(`unknown sequence ${JSON.stringify(sequence)}`)
  }
  const screen: Screen = {
    isTTY,
    columns,
    rows,
    write(data) {
      const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
      raw += text
      // eslint-disable-next-line no-control-regex
      for (const [piece] of text.matchAll(/\u001b\[[?0-9;]*[a-zA-Z]|[\s\S]/gu)) {
        if (piece.length > 1 && piece.startsWith('\u001b')) obey(piece)
        else if (piece === '\n') [row, column] = [row + 1, 0]
        else if (piece === '\r') column = 0
        else put(piece)
        line()
      }
      return true
    },
    on: (event, listener) => listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
    off: (event, listener) => listeners.get(event)?.delete(listener),
    emit: (event) => listeners.get(event)?.forEach((listener) => listener()),
    raw: () => raw,
    text: () =>
      lines
        .map((one) => one.join('').trimEnd())
        .join('\n')
        .trimEnd(),
    isCursorHidden: () => isHidden,
  }
  return screen
}
