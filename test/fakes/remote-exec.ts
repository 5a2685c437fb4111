import type { RemoteExec, RemoteResult, RemoteScript } from '../../src/ports/remote-exec.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** What a node does with a script; what it leaves out is success without output. */
export type RemoteHandler = (
  nodeId: string,
  script: RemoteScript,
) => Partial<Omit<RemoteResult, 'nodeId'>> | void | Promise<Partial<Omit<RemoteResult, 'nodeId'>> | void>

/** Nodes that run whatever the test says. A node that is not online gets nothing: `undelivered`. */
export interface FakeRemoteExec extends RemoteExec, Scriptable<RemoteExec> {
  /** What answers from now on. */
  answer(handler: RemoteHandler): void
  /** Every script that reached a node, in order. */
  readonly ran: readonly { readonly nodeId: string; readonly script: RemoteScript }[]
}

export function fakeRemoteExec(isOnline: (nodeId: string) => boolean): FakeRemoteExec {
  const ran: { nodeId: string; script: RemoteScript }[] = []
  let handler = succeed

  async function runOn(nodeId: string, script: RemoteScript): Promise<RemoteResult> {
    if (!isOnline(nodeId)) return { nodeId, outcome: 'undelivered', exitCode: -1, stdout: '', stderr: '' }
    ran.push({ nodeId, script })
    const given = (await handler(nodeId, script)) ?? {}
    const exitCode = given.exitCode ?? 0
    return { nodeId, outcome: exitCode === 0 ? 'success' : 'failed', stdout: '', stderr: '', ...given, exitCode }
  }

  const remote = {
    ran,
    answer(next: RemoteHandler) {
      handler = next
    },
    online: async (nodeIds: readonly string[]) => new Set(nodeIds.filter(isOnline)),
    async tell(nodeIds: readonly string[], script: RemoteScript) {
      await Promise.all(nodeIds.map((nodeId) => runOn(nodeId, script)))
    },
    async run(nodeIds: readonly string[], script: RemoteScript, signal?: AbortSignal) {
      signal?.throwIfAborted()
      const given = signal === undefined ? [] : [aborted(signal)]
      return Promise.race([...given, Promise.all(nodeIds.map((nodeId) => runOn(nodeId, script)))])
    },
  }
  return scriptable<RemoteExec>(remote, ['online', 'run', 'tell']) as FakeRemoteExec
}

const succeed: RemoteHandler = () => {}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
