import type { Console } from './console.ts'
import { processInterrupts, type ProcessInterrupts } from './interrupts.ts'

/** Ctrl-C and its kin for a command that has something to undo. */
export function interruptsOf(console: Console): ProcessInterrupts {
  return processInterrupts({
    on: (signal, listener) => void process.on(signal, listener),
    off: (signal, listener) => void process.off(signal, listener),
    stopping: () =>
      console.events.emit('warning', {
        message: 'stopping, and undoing what is under way; press ctrl-C again to leave at once',
        hint: null,
      }),
    leave: (exitCode, cleanUp) => {
      console.close()
      process.stderr.write(`\nleft at once; clean up with: ${cleanUp ?? 'muster status'}\n`)
      process.exit(exitCode)
    },
  })
}
