import { onTestFinished } from 'vitest'
import { createRenderer, type Renderer, type RendererOptions } from '../../../src/ui/renderer.ts'
import type { JobOutput } from '../../../src/ui/job-output.ts'
import { RUN, START } from './recorded.ts'
import { createScreen, type Screen } from './screen.ts'

export const UTF8 = { LANG: 'C.UTF-8', NO_COLOR: '1' }

/** A renderer before screens that a test can read, with time in the test's hand. */
export interface Stage {
  readonly renderer: Renderer
  readonly stderr: Screen
  readonly stdout: Screen
  /** Lets the frame be drawn, at this time after the start. */
  readonly tick: (ms: number) => void
}

/** With `shared` both streams are one terminal, as they are for most people. */
export function stage(
  options: Partial<RendererOptions>,
  screens: { stderr?: Screen; stdout?: Screen; shared?: Screen } = {},
): Stage {
  const stderr = screens.shared ?? screens.stderr ?? createScreen({ isTTY: options.mode === 'tty' })
  const stdout = screens.shared ?? screens.stdout ?? createScreen({ isTTY: false })
  let time = START
  let draw: (() => void) | null = null
  const every = (_ms: number, tick: () => void) => {
    draw = tick
    return () => {
      draw = null
    }
  }
  const out = { stderr, stdout }
  const renderer = createRenderer({ verbosity: 0, out, env: UTF8, now: () => time, every, ...options })
  onTestFinished(() => renderer.close())
  const tick = (ms: number) => {
    time = START + ms
    draw?.()
  }
  return { renderer, stderr, stdout, tick }
}

/** Shows the recorded run, as far as it had come then. */
export function play(renderer: Renderer, untilMs = Infinity): void {
  for (const one of RUN) if (one.at - START <= untilMs) renderer.onEvent(one)
}

/** A piece of output; each character is one byte. */
export function chunk(text: string, stream: 'stdout' | 'stderr' = 'stdout'): JobOutput {
  return { source: 'node-0', stream, offset: 0, sentAt: START, bytes: Buffer.from(text, 'latin1') }
}
