import type { FromShell, ToShell } from '../agent/messages.ts'
import type { MachineShell } from './machine.ts'

interface ShellLink {
  readonly took: () => void
  readonly output: (bytes: Uint8Array) => void
  readonly ended: () => void
}

/** The sandbox's end of the terminals on one node. */
export function shellLinks(send: (message: ToShell) => void) {
  const open = new Map<string, ShellLink>()
  return {
    open(id: string, command: string): MachineShell {
      const { shell, link } = shellLink(id, send, () => open.delete(id))
      open.set(id, link)
      send({ type: 'shell-open', id, command })
      return shell
    },
    heard(message: FromShell): void {
      const link = open.get(message.id)
      if (message.type === 'shell-took') link?.took()
      else if (message.type === 'shell-ended') link?.ended()
      else link?.output(Buffer.from(message.base64, 'base64'))
    },
    /** The agent is gone, and every terminal with it. */
    lost(): void {
      for (const link of open.values()) link.ended()
    },
  }
}

function shellLink(id: string, send: (message: ToShell) => void, forget: () => void) {
  const pieces: Uint8Array[] = []
  let ended = false
  let wake: (() => void) | null = null
  let took: (() => void) | null = null
  const end = () => {
    ended = true
    forget()
    took?.()
    wake?.()
  }
  async function* output(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = pieces.shift()
      if (piece !== undefined) {
        yield piece
        // Both streams of a terminal that could not be made may have one under way.
        if (pieces.length === 0) send({ type: 'shell-more', id })
      } else if (ended) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const shell: MachineShell = {
    async write(bytes) {
      if (ended) return
      const taken = new Promise<void>((resolve) => (took = resolve))
      send({ type: 'shell-input', id, base64: Buffer.from(bytes).toString('base64') })
      await taken
    },
    resize: (columns, rows) => send({ type: 'shell-size', id, columns, rows }),
    output: output(),
    close: () => {
      send({ type: 'shell-close', id })
      end()
    },
  }
  const link: ShellLink = {
    took: () => took?.(),
    output: (bytes) => {
      pieces.push(bytes)
      wake?.()
    },
    ended: end,
  }
  return { shell, link }
}
