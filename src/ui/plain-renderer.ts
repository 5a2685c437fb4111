import { eventLine, isShown } from './event-line.ts'
import { createOutputWriter } from './output-writer.ts'
import type { Renderer, RendererOptions } from './renderer.ts'
import { writeQuietly } from './terminal.ts'
import { createTheme } from './theme.ts'
import { fill } from './width.ts'
import { showDuration } from './units.ts'

/** One line on stderr for each change, with the time since the first one; nothing is ever redrawn. For CI and log files. */
export function createPlainRenderer({ out, env, verbosity, now }: RendererOptions): Renderer {
  const theme = createTheme(out.stderr, env)
  const writer = createOutputWriter(out)
  const startedAt = now()
  let last = ''
  let isClosed = false
  return {
    onEvent(event) {
      if (isClosed || !isShown(event, verbosity)) return
      const line = eventLine(event, theme)
      // A poll that finds the same again is no change.
      if (line === last) return
      last = line
      const time = fill(showDuration(event.at - startedAt), 7, 'right')
      writeQuietly(out.stderr, `${writer.freshLine()}${theme.faint(time)}  ${line}\n`)
    },
    output: async (chunk) => writer.write(chunk),
    pause: () => () => undefined,
    close() {
      isClosed = true
    },
  }
}
