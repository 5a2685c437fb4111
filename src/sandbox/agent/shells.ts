import type { AgentSettings, FromAgent, ToAgent, ToShell } from './messages.ts'
import { openTerminal } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export function isToShell(message: ToAgent): message is ToShell {
  return message.type.startsWith('shell-')
}

/** The terminals that are open now, each under its session's id. */
export function shells(
  settings: Pick<AgentSettings, 'root'>,
  environment: () => Readonly<Record<string, string>>,
  send: (message: FromAgent) => void,
) {
  const open = new Map<string, Terminal>()
  return {
    async handle(message: ToShell): Promise<void> {
      const { id } = message
      if (message.type === 'shell-open') {
        const terminal = openTerminal(message.command, settings, environment(), {
          output: (bytes) => send({ type: 'shell-output', id, base64: bytes.toString('base64') }),
          ended: () => {
            open.delete(id)
            send({ type: 'shell-ended', id })
          },
        })
        open.set(id, terminal)
        return
      }
      const terminal = open.get(id)
      switch (message.type) {
        case 'shell-input':
          await terminal?.write(Buffer.from(message.base64, 'base64'))
          return send({ type: 'shell-took', id })
        case 'shell-size':
          return terminal?.resize(message.columns, message.rows)
        case 'shell-more':
          return terminal?.more()
        case 'shell-close':
          return terminal?.close()
      }
    },
  }
}
