import { trailerReader } from '../../launch/remote/shell-trailer.ts'
import type { ShellChannel } from '../../ports/remote-shell.ts'
import { escapeKeys } from './escape-keys.ts'
import { endedEarly, leftBy, type ShellWork } from './shell-work.ts'

/**
 * The user's terminal becomes the node's: every key goes there, everything from there is shown, sizes follow. `~.` at the beginning of a line leaves, as it
 * does in ssh: nothing else is sure to where a node hangs.
 *
 * @throws MusterError ShellLost, Interrupted.
 */
export async function overTerminal({ terminal, nodeName, nonce, open, active }: ShellWork): Promise<number> {
  const channel = await open((state) => void terminal.write('stderr', LINE_WORDS[state]))
  const over = new AbortController()
  const left = Promise.withResolvers<never>()
  const undo = [
    terminal.raw(),
    terminal.onResize(() => channel.resize(terminal.size())),
    terminal.onSignal((signal) => left.reject(leftBy(nodeName, signal))),
  ]
  channel.resize(terminal.size())
  const typing = type(async () => left.reject(leftBy(nodeName, 'SIGINT')))
  try {
    return await Promise.race([shown(), left.promise])
  } finally {
    over.abort()
    for (const undone of undo) undone()
    await Promise.all([channel.close(), typing])
  }

  async function type(leave: () => Promise<void>): Promise<void> {
    const keys = escapeKeys()
    try {
      for await (const bytes of terminal.input(over.signal)) {
        active()
        const { send, leaves } = keys(bytes)
        if (leaves) return await leave()
        await channel.write(send)
      }
    } catch (error) {
      if (!over.signal.aborted) left.reject(error)
    }
  }

  async function shown(): Promise<number> {
    return show(channel, nonce, async (bytes) => {
      active()
      await terminal.write('stdout', bytes)
    }).then((exitCode) => {
      if (exitCode === null) throw endedEarly(nodeName)
      return exitCode
    })
  }
}

const LINE_WORDS = {
  broken: '\r\nmuster: the line broke; another one is being made (~. leaves)\r\n',
  whole: 'muster: the line stands again\r\n',
} as const

/** Null where the terminal ends before its program has said how it did. */
async function show(
  channel: ShellChannel,
  nonce: string,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<number | null> {
  const read = trailerReader(nonce)
  for await (const bytes of channel.output) {
    const { show: visible, exitCode } = read(bytes)
    if (visible.length > 0) await write(visible)
    if (exitCode !== null) return exitCode
  }
  return null
}
