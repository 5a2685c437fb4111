import { MusterError } from '../../core/errors/muster-error.ts'
import { EXIT } from '../../core/errors/codes.ts'
import type { ShellChannel, ShellOptions } from '../../ports/remote-shell.ts'
import type { Terminal } from '../../ports/terminal.ts'

/** What a shell works with, whether it has a terminal or pipes. */
export interface ShellWork {
  readonly terminal: Terminal
  readonly nodeName: string
  readonly nonce: string
  readonly open: (onLine: ShellOptions['onLine']) => Promise<ShellChannel>
  /** Somebody is at it: something was typed or shown. */
  readonly active: () => void
}

/** The terminal's end came before the program's: its node died, or somebody ended the session. */
export function endedEarly(nodeName: string, words = ''): MusterError {
  const said = words.trim() === '' ? '' : `: ${words.trim()}`
  return new MusterError('ShellLost', `the shell on ${nodeName} ended before its program did${said}`, {
    suggestions: ['muster status --nodes', 'run the same command again'],
  })
}

const EXIT_OF = { SIGINT: EXIT.interrupted, SIGTERM: 143, SIGHUP: 129 } as const

export function leftBy(nodeName: string, signal: keyof typeof EXIT_OF): MusterError {
  return new MusterError('Interrupted', `left the shell on ${nodeName}: what ran in it has been ended`, {
    exitCode: EXIT_OF[signal],
  })
}
