import { exhaustive } from '../kit/exhaustive.ts'
import type { sandboxSupervisor } from './compose.ts'

export type SandboxState = Awaited<ReturnType<Awaited<ReturnType<typeof sandboxSupervisor>>['sandboxStatus']>>

/** The sandbox's state in words. */
export function sandboxLines(state: SandboxState): string[] {
  switch (state.state) {
    case 'stopped':
      return [`the sandbox is stopped (${state.home})`]
    case 'not-answering':
      return [`the sandbox lives but does not answer (process ${state.pid ?? 'unknown'}); its log: ${state.log}`]
    case 'running': {
      const { endpoint, pid, nodes, nodesReason, machines, startedAt, home, outdated } = state
      return [
        `the sandbox runs at ${endpoint} (process ${pid}, since ${new Date(startedAt).toISOString()})`,
        `  nodes: ${nodes}${nodesReason === null ? '' : ` (${nodesReason})`}, ${machines} running`,
        `  folder: ${home}`,
        ...(outdated ? ['  it is of an older build of muster; restart it with: muster sandbox stop'] : []),
      ]
    }
    default:
      return exhaustive(state)
  }
}
