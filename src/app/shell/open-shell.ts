import { MusterError } from '../../core/errors/muster-error.ts'
import { pipeScript, terminalScript } from '../../launch/remote/shell-script.ts'
import type { ShellOptions } from '../../ports/remote-shell.ts'
import type { Terminal } from '../../ports/terminal.ts'
import type { Services } from '../services.ts'
import { findNode } from './find-node.ts'
import { keepLease } from './keep-lease.ts'
import { overPipes } from './over-pipes.ts'
import { overTerminal } from './over-terminal.ts'
import type { ShellWork } from './shell-work.ts'

export interface ShellRequest {
  /** What names the node; null where there is only one. */
  readonly node: string | null
  /** The words of a command; null for a shell. */
  readonly words: readonly string[] | null
  /** Null for root. */
  readonly user: string | null
}

export interface ShellResult {
  readonly fleet: string
  readonly node: string
  readonly exitCode: number
}

/**
 * A shell or a command on a node, on the user's terminal or between pipes; the node's lease is renewed while it goes on. Ends with the exit code of
 * what ran.
 *
 * @throws MusterError NodeUnknown, NodeOffline, ShellLost.
 */
export async function openShell(request: ShellRequest, terminal: Terminal, services: Services): Promise<ShellResult> {
  const { fleet, node, name } = await findNode(request.node, 'muster shell', services)
  if (!node.online) {
    throw new MusterError('NodeOffline', `${name} (${node.id}) is ${node.state}, and its agent is not online`, {
      suggestions: ['muster status --nodes'],
    })
  }
  const nonce = `muster-${Math.floor(services.ids.random() * 2 ** 48).toString(16)}`
  const { words, user } = request
  const script = terminal.isInteractive
    ? terminalScript({ words, user, nonce }, terminal.size())
    : pipeScript({ words, user, nonce })
  const stop = new AbortController()
  const lease = keepLease(node.id, services, stop.signal)
  const work: ShellWork = {
    terminal,
    nodeName: name,
    nonce,
    open: (onLine: ShellOptions['onLine']) =>
      services.shell.open(node.id, script, { signal: services.interrupts.signal, onLine }),
    active: lease.active,
  }
  try {
    const exitCode = await (terminal.isInteractive ? overTerminal(work) : overPipes(work))
    return { fleet, node: node.id, exitCode }
  } finally {
    stop.abort()
    await lease.ended
  }
}
