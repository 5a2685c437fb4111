import { shellQuote } from '../../kit/shell-quote.ts'
import { ensureScripts, type NodeContext } from './context.ts'

/** What one node is to start. */
export interface NodeRuns {
  /** Instance id. */
  readonly node: string
  readonly runs: readonly string[]
}

/**
 * One script for many nodes: each starts its own runs. The agent tells it which node it is on (AWS_SSM_INSTANCE_ID: amazon-ssm-agent,
 * "environment variables"). Starting a run twice starts it once.
 */
export function startRunsScript(ctx: NodeContext, nodes: readonly NodeRuns[]): string {
  const cases = nodes.map(({ node, runs }) => `  ${shellQuote(node)}) set -- ${runs.map(shellQuote).join(' ')} ;;\n`)
  return `case "\${AWS_SSM_INSTANCE_ID:-}" in
${cases.join('')}  *) echo 'muster: nothing is to be started on this node' >&2; exit 1 ;;
esac
${ensureScripts(ctx)}for run in "$@"; do
  sh "$here/job.sh" start "$run" ${shellQuote(ctx.url)} ${shellQuote(ctx.region)} || exit
done
`
}
