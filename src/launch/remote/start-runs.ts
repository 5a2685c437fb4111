import { shellQuote } from '../../kit/shell-quote.ts'
import { ensureScripts, type NodeContext } from './context.ts'

/** What one node is to start. */
export interface NodeRuns {
  /** Instance id. */
  readonly node: string
  readonly runs: readonly string[]
  /** Tasks that share the node. */
  readonly batches: readonly string[]
  /** How many cores the tasks of batches may take together. */
  readonly cores: number
}

/**
 * One script for many nodes: each starts its own runs. The agent tells it which node it is on (AWS_SSM_INSTANCE_ID: amazon-ssm-agent,
 * "environment variables"). Starting a run twice starts it once.
 */
export function startRunsScript(ctx: NodeContext, nodes: readonly NodeRuns[]): string {
  const cases = nodes.map(({ node, runs, batches, cores }) => {
    const words = [...runs, ...batches.flatMap((batch) => [batch, String(cores)])].map(shellQuote).join(' ')
    return `  ${shellQuote(node)}) runs=${runs.length}; set -- ${words} ;;\n`
  })
  const place = `${shellQuote(ctx.url)} ${shellQuote(ctx.region)}`
  return `case "\${AWS_SSM_INSTANCE_ID:-}" in
${cases.join('')}  *) echo 'muster: nothing is to be started on this node' >&2; exit 1 ;;
esac
${ensureScripts(ctx)}while [ "$runs" -gt 0 ]; do
  sh "$here/job.sh" start "$1" ${place} || exit
  shift && runs=$((runs - 1))
done
while [ $# -gt 0 ]; do
  sh "$here/batch.sh" take "$1" ${place} "$2" || exit
  shift 2
done
`
}
