import type { ProgressFlag } from './flags.ts'

interface ProgressFacts {
  readonly progress?: ProgressFlag | undefined
  readonly quiet: boolean
  readonly verbose: boolean
  /** Whether stderr is a terminal. */
  readonly terminal: boolean
  readonly env: NodeJS.ProcessEnv
}

/**
 * How progress is shown: the flag; nothing with -q; a live frame only on a terminal that can redraw and where nobody asked
 * otherwise; plain lines for the rest, also with -v, whose many lines would tangle with a frame.
 */
export function progressMode({ progress, quiet, verbose, terminal, env }: ProgressFacts): ProgressFlag {
  if (progress !== undefined) return progress
  if (quiet) return 'none'
  const set = (name: string) => (env[name] ?? '') !== ''
  if (!terminal || verbose || set('CI') || set('MUSTER_NO_PROGRESS') || env['TERM'] === 'dumb') return 'plain'
  return 'tty'
}
