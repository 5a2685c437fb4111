import { MusterError } from '../core/errors/muster-error.ts'
import type { Interrupts } from '../ports/interrupts.ts'

/** What the world outside does for the interrupts; the process in earnest, a stand-in in tests. */
export interface InterruptHost {
  on(signal: NodeJS.Signals, listener: () => void): void
  off(signal: NodeJS.Signals, listener: () => void): void
  /** Told once, at the first press that stops something. */
  stopping(): void
  /** Ends the process at once, after saying how to clean up. */
  leave(exitCode: number, cleanUp: string | null): void
}

const EXIT_OF = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

export interface ProcessInterrupts extends Interrupts {
  /** What cleans up now; null where nothing is left. */
  readonly cleanUp: () => string | null
  /** A question that a press had raised was answered with `go on`: the next press is a first one again. */
  goOn(): void
  /** Gives the signals back to the system. */
  readonly close: () => void
}

/**
 * Ctrl-C in two presses: the first stops what is under way in order, the second leaves at once. SIGTERM counts as a press.
 * SIGHUP (the terminal went away) stops in order too, and never counts as the second press: nobody is there to be in a hurry.
 */
export function processInterrupts(host: InterruptHost): ProcessInterrupts {
  const controller = new AbortController()
  const handlers: ((cause: 'interrupt' | 'hangup') => void)[] = []
  let pressed = false
  let last: keyof typeof EXIT_OF = 'SIGINT'
  let cleanUp: string | null = null

  const stop = (signal: keyof typeof EXIT_OF) => {
    const error = new MusterError('Interrupted', `interrupted by ${signal}`, {
      exitCode: EXIT_OF[signal],
      ...(cleanUp === null ? {} : { suggestions: [cleanUp] }),
    })
    controller.abort(error)
  }
  const press = (signal: 'SIGINT' | 'SIGTERM') => {
    last = signal
    if (pressed) return host.leave(EXIT_OF[signal], cleanUp)
    pressed = true
    const handler = handlers.at(-1)
    if (handler) return handler('interrupt')
    host.stopping()
    stop(signal)
  }
  const hangUp = () => {
    last = 'SIGHUP'
    const handler = handlers.at(-1)
    if (handler) handler('hangup')
    else stop('SIGHUP')
  }
  const listeners: [NodeJS.Signals, () => void][] = [
    ['SIGINT', () => press('SIGINT')],
    ['SIGTERM', () => press('SIGTERM')],
    ['SIGHUP', hangUp],
  ]
  for (const [signal, listener] of listeners) host.on(signal, listener)

  return {
    signal: controller.signal,
    intercept(handler) {
      handlers.push(handler)
      return () => void handlers.splice(handlers.indexOf(handler), 1)
    },
    abort: () => stop(last),
    setCleanUp: (command) => void (cleanUp = command),
    cleanUp: () => cleanUp,
    goOn: () => void (pressed = false),
    close: () => listeners.forEach(([signal, listener]) => host.off(signal, listener)),
  }
}
