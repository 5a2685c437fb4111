import { writeQuietly, type Terminal } from './terminal.ts'
import { textWidth } from './width.ts'

const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'

/**
 * The lines at the bottom of a terminal that are drawn again and again, and what scrolls by above them. Knows what it
 * drew last, so that it can take exactly that away, also after the terminal has become narrower and wrapped it.
 */
export interface LiveArea {
  /** Prints `above` for good and draws `frame` below it. */
  draw(above: readonly string[], frame: readonly string[]): void
  /** Takes the frame away; the cursor stands where it began. */
  clear(): void
  /** Clears and gives the cursor back. */
  close(): void
}

export function createLiveArea(terminal: Terminal): LiveArea {
  let drawn: readonly string[] = []
  let isHidden = false

  /** The cursor stands at the start of the line below the frame. */
  function eraser(): string {
    const columns = terminal.columns || 80
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / columns)), 0)
    drawn = []
    return rows === 0 ? '' : `\u001b[${rows}A\r\u001b[J`
  }

  function write(text: string): void {
    if (text !== '') writeQuietly(terminal, text)
  }

  return {
    draw(above, frame) {
      let text = eraser()
      for (const line of [...above, ...frame]) text += `${line}\n`
      drawn = frame
      if (frame.length > 0 && !isHidden) {
        isHidden = true
        text = HIDE_CURSOR + text
      }
      write(text)
    },
    clear: () => write(eraser()),
    close() {
      write(eraser() + (isHidden ? SHOW_CURSOR : ''))
      isHidden = false
    },
  }
}
