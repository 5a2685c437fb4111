import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { AgentSettings } from './messages.ts'

export interface Terminal {
  /** Resolves when the terminal has the bytes, or when there is none any more. */
  write(bytes: Buffer): Promise<void>
  /** What is written afterwards comes into a terminal of that size. */
  resize(columns: number, rows: number): void
  /** The last output has been taken: the next may come. */
  more(): void
  /** As when a terminal's window is closed. */
  close(): void
}

interface TerminalEvents {
  readonly output: (bytes: Buffer) => void
  readonly ended: () => void
}

/**
 * Runs `sh -c COMMAND` in a pseudo terminal of its own, in `/` as AWS's agent does, but as the agent's own user: root, or whoever runs the
 * sandbox. util-linux's `script` makes the terminal (it is on every Linux), and the command tells its name on file descriptor 3,
 * because a terminal's size is set by its name.
 */
export function openTerminal(
  command: string,
  settings: Pick<AgentSettings, 'root'>,
  environment: Readonly<Record<string, string>>,
  events: TerminalEvents,
): Terminal {
  const { HOME = `${settings.root}/root` } = environment
  const child = spawn('script', words(), {
    cwd: settings.root === '' ? '/' : settings.root,
    env: { ...environment, HOME, TERM: 'xterm-256color', SHELL: '/bin/sh', SESSION_COMMAND: command },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const { stdin, stdout, stderr } = child
  const tty = lineOf(child.stdio[3] as Readable)
  const gone = once(child, 'close').catch(() => [])
  stdin.on('error', () => {})
  for (const stream of [stdout, stderr]) {
    stream.on('data', (bytes: Buffer) => {
      stream.pause()
      events.output(bytes)
    })
  }
  child.on('error', (error) => events.output(Buffer.from(`cannot make a terminal: ${error.message}\r\n`)))
  void gone.then(events.ended)
  let sized = Promise.resolve()
  async function setSize(columns: number, rows: number): Promise<void> {
    const path = await Promise.race([tty, gone.then(() => '')])
    if (!path.startsWith('/')) return
    await new Promise((resolve) => {
      execFile('stty', [...ofTerminal(path), 'cols', String(columns), 'rows', String(rows)], resolve)
    })
  }
  return {
    async write(bytes) {
      await Promise.race([Promise.all([tty, sized]), gone])
      if (!stdin.writable || stdin.write(bytes)) return
      await Promise.race([once(stdin, 'drain').catch(() => {}), gone])
    },
    resize(columns, rows) {
      sized = sized.then(() => setSize(columns, rows))
    },
    more() {
      stdout.resume()
      stderr.resume()
    },
    close() {
      // Nobody reads any more, and what was printed last must not keep the terminal open.
      stdout.removeAllListeners('data').resume()
      child.kill('SIGKILL')
    },
  }
}

const start = 'tty >&3; exec 3>&-; command=$SESSION_COMMAND; unset SESSION_COMMAND SHELL; exec sh -c "$command"'

function words(): string[] {
  if (process.platform !== 'linux') return ['-q', '/dev/null', '/bin/sh', '-c', start]
  return ['--quiet', '--flush', '--return', '--echo', 'always', '--command', start, '/dev/null']
}

const ofTerminal = (path: string) => [process.platform === 'linux' ? '-F' : '-f', path]

/** The first line; empty where the stream ends before. */
async function lineOf(stream: Readable): Promise<string> {
  let text = ''
  stream.on('error', () => {})
  for await (const piece of stream) {
    text += String(piece)
    if (text.includes('\n')) break
  }
  return text.split('\n')[0] ?? ''
}
