import type { MusterEvent } from '../core/events/event.ts'
import { eventLine, isShown } from './event-line.ts'
import { drawFrame } from './frame.ts'
import { EMPTY_FRAME, nextFrame, type FrameState } from './frame-state.ts'
import type { JobOutput } from './job-output.ts'
import { createLiveArea } from './live-area.ts'
import { createOutputWriter } from './output-writer.ts'
import { createPercentFinder } from './percent-finder.ts'
import type { Renderer, RendererOptions } from './renderer.ts'
import { writeQuietly } from './terminal.ts'
import { createTheme } from './theme.ts'
import { cut } from './width.ts'

/** Redrawn at most ten times a second, however much happens. */
const FRAME_MS = 100

/**
 * A live frame at the bottom of stderr; what is finished scrolls by above it. Job output is written with the frame out of
 * the way, and the frame stays away while the job has a line open.
 */
export function createTtyRenderer({ out, env, verbosity, now, every = realTimer }: RendererOptions): Renderer {
  const theme = createTheme(out.stderr, env)
  const area = createLiveArea(out.stderr)
  const writer = createOutputWriter(out)
  const percents = createPercentFinder()
  let state: FrameState = EMPTY_FRAME
  let above: string[] = []
  /** The newest warning: it stays in sight after job output has carried it away. */
  let pinned: { readonly line: string; hasScrolled: boolean } | null = null
  let isClosed = false
  let isPaused = false

  function frame(): string[] {
    const view = { now: now(), columns: out.stderr.columns || 80, rows: out.stderr.rows || 24, theme }
    const lines = drawFrame(state, view)
    if (lines.length === 0 || pinned === null || !pinned.hasScrolled) return lines
    return [cut(pinned.line, Math.max(1, view.columns - 1)), ...lines]
  }

  function draw(): void {
    if (isPaused) return
    if (writer.isMidLine() && above.length === 0) return
    if (above.length > 0) writeQuietly(out.stderr, writer.freshLine())
    area.draw(above, frame())
    above = []
  }

  function onResize(): void {
    if (!writer.isMidLine()) draw()
  }

  const stop = every(FRAME_MS, draw)
  out.stderr.on('resize', onResize)
  const close = () => {
    if (isClosed) return
    isClosed = true
    stop()
    out.stderr.off('resize', onResize)
    process.off('exit', close)
    state = EMPTY_FRAME
    isPaused = false
    if (above.length > 0) draw()
    area.close()
  }
  process.on('exit', close)

  return {
    onEvent(event: MusterEvent) {
      if (isClosed) return
      state = nextFrame(state, event)
      if (!scrollsAbove(event) || !isShown(event, verbosity)) return
      const line = eventLine(event, theme)
      above.push(line)
      if (event.type === 'warning' || event.type === 'job.log-lost') pinned = { line, hasScrolled: false }
    },
    async output(chunk: JobOutput) {
      const percent = percents.push(chunk)
      if (percent !== null && state.job !== null) state = { ...state, job: { ...state.job, percent } }
      if (!isClosed && out[chunk.stream].isTTY === true) {
        if (above.length > 0) {
          writeQuietly(out.stderr, writer.freshLine())
          area.draw(above, [])
          above = []
        } else area.clear()
        if (pinned !== null) pinned.hasScrolled = true
      }
      await writer.write(chunk)
    },
    pause() {
      draw()
      isPaused = true
      area.close()
      return () => {
        isPaused = false
      }
    },
    close,
  }
}

/** What the frame shows while it lasts does not scroll by as well. */
function scrollsAbove(event: MusterEvent): boolean {
  return event.type !== 'fleet.stages' && event.type !== 'job.phase'
}

function realTimer(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms)
  timer.unref()
  return () => clearInterval(timer)
}
