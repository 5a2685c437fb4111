import { exhaustive } from '../../kit/exhaustive.ts'
import type { ErrorCode } from '../../core/errors/codes.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { RemoteResult, RemoteScript } from '../../ports/remote-exec.ts'
import type { Services } from '../services.ts'

/**
 * Runs a script on nodes and insists that it succeeds everywhere: otherwise throws `code`, naming the first node that
 * failed and what it said.
 */
export async function runOnNodes(
  nodeIds: readonly string[],
  script: RemoteScript,
  code: ErrorCode,
  { remote }: Services,
  signal: AbortSignal,
): Promise<readonly RemoteResult[]> {
  const results = await remote.run(nodeIds, script, signal)
  const bad = results.filter((result) => result.outcome !== 'success')
  const first = bad[0]
  if (!first) return results
  const others = bad.length > 1 ? ` (and ${bad.length - 1} more nodes)` : ''
  throw new MusterError(code, `${script.comment}: ${first.nodeId}${others}: ${saidBy(first)}`, {
    data: {
      nodes: bad.map((result) => result.nodeId),
      asked: nodeIds.length,
      bad,
      exitCode: first.exitCode,
      stderr: first.stderr,
    },
  })
}

/** What a node's script said in the end, in one line. */
export function saidBy(result: RemoteResult): string {
  const words = result.stderr.trim() === '' ? result.stdout : result.stderr
  const tail = words.trim().split('\n').slice(-3).join('; ')
  switch (result.outcome) {
    case 'timed-out':
      return `no end within its time${tail === '' ? '' : `; it said: ${tail}`}`
    case 'undelivered':
      return 'its agent did not take the command'
    case 'cancelled':
      return 'it was cancelled'
    case 'failed':
    case 'success':
      return `${tail === '' ? 'it said nothing' : tail} (exit code ${result.exitCode})`
    default:
      return exhaustive(result.outcome)
  }
}
