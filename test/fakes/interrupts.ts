import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { Interrupts } from '../../src/ports/interrupts.ts'

/** A keyboard for tests: `press` is ctrl-C, or a terminal that hangs up. */
export interface FakeInterrupts extends Interrupts {
  press(cause?: 'interrupt' | 'hangup'): void
  readonly cleanUp: string | null
  /** Every command that was ever set, in order. */
  readonly cleanUps: readonly (string | null)[]
  readonly intercepted: boolean
}

export function fakeInterrupts(): FakeInterrupts {
  const controller = new AbortController()
  const cleanUps: (string | null)[] = []
  const handlers: ((cause: 'interrupt' | 'hangup') => void)[] = []
  const abort = () => controller.abort(new MusterError('Interrupted', 'interrupted'))
  return {
    signal: controller.signal,
    cleanUps,
    get cleanUp() {
      return cleanUps.at(-1) ?? null
    },
    get intercepted() {
      return handlers.length > 0
    },
    intercept(next) {
      handlers.push(next)
      return () => void handlers.splice(handlers.indexOf(next), 1)
    },
    abort,
    setCleanUp: (command) => void cleanUps.push(command),
    press(cause = 'interrupt') {
      const handler = handlers.at(-1)
      if (handler) handler(cause)
      else abort()
    },
  }
}
