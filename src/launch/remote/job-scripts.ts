import { callScript, type NodeContext } from './context.ts'

/*
 * For which nodes: mpi with shared storage, the lead alone (others do no harm); mpi without, all (every node stages, the lead
 * runs); torchrun and shell, all.
 */

/** Begins staging and preparing, detached; may be called ahead of `startJobScript`, or not at all. */
export function stageJobScript(ctx: NodeContext, options: { readonly job: string }): string {
  return callScript(ctx, 'job', 'stage', options.job, ctx.url, ctx.region)
}

/** Lets the program run as soon as it is staged; returns at once. What happens then is in the job's state. */
export function startJobScript(ctx: NodeContext, options: { readonly job: string }): string {
  return callScript(ctx, 'job', 'start', options.job, ctx.url, ctx.region)
}

/** Ends the job on this node: SIGTERM to its whole session, SIGKILL after `graceS` seconds. Its state and log still come. */
export function cancelJobScript(ctx: NodeContext, options: { readonly job: string; readonly graceS: number }): string {
  return callScript(ctx, 'job', 'cancel', options.job, String(options.graceS))
}

/** Prints what `parseJobStatus` reads. */
export function jobStatusScript(ctx: NodeContext, options: { readonly job: string }): string {
  return callScript(ctx, 'job', 'status', options.job)
}

/** `dead`: its runner was killed. The state is the last that it wrote; null where it never did. */
export interface JobStatusReport {
  readonly runner: 'unknown' | 'running' | 'ended' | 'dead'
  readonly state: unknown
}

export function parseJobStatus(stdout: string): JobStatusReport {
  const [word = '', ...rest] = stdout.trim().split('\n')
  const runner = (['running', 'ended', 'dead'] as const).find((known) => known === word) ?? 'unknown'
  try {
    return { runner, state: JSON.parse(rest.join('\n')) as unknown }
  } catch {
    return { runner, state: null }
  }
}
