import { spawnSync } from 'node:child_process'
import type { TerminalSize } from '../ports/remote-shell.ts'
import type { Terminal } from '../ports/terminal.ts'

/** The size that the AWS plugin takes where it can ask no terminal. */
const NO_WINDOW: TerminalSize = { columns: 300, rows: 100 }
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** This process's own terminal, or its pipes. With `json` stdout belongs to the result's document, and what is shown goes to stderr. */
export function processTerminal(json: boolean, { stdin, stdout, stderr } = process): Terminal {
  const stop = () => void stdin.destroy()
  return {
    isInteractive: !json && stdin.isTTY && stdout.isTTY,
    size: () => ({ columns: stdout.columns || NO_WINDOW.columns, rows: stdout.rows || NO_WINDOW.rows }),
    onResize(listener) {
      stdout.on('resize', listener)
      return () => void stdout.off('resize', listener)
    },
    raw() {
      // Whatever ends this process, the user's own shell must find its terminal as it was.
      const restore = () => void stdin.setRawMode(false)
      stdin.setRawMode(true)
      // Node's raw mode still makes two bytes of each newline that is shown: the node's terminal has done that already.
      spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
      process.on('exit', restore)
      return () => {
        restore()
        process.off('exit', restore)
      }
    },
    async *input(signal) {
      if (signal.aborted) return
      signal.addEventListener('abort', stop, { once: true })
      try {
        for await (const bytes of stdin) yield bytes as Buffer
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    write: (stream, bytes) =>
      new Promise((resolve, reject) => {
        const to = stream === 'stdout' && !json ? stdout : stderr
        to.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    onSignal(listener) {
      const listeners = SIGNALS.map((signal) => [signal, () => listener(signal)] as const)
      for (const [signal, heard] of listeners) process.on(signal, heard)
      return () => listeners.forEach(([signal, heard]) => process.off(signal, heard))
    },
  }
}
