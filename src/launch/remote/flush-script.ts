import { callScript, type NodeContext } from './context.ts'

/** For every node: ends its jobs and sends what they wrote to the file system. Exit codes 60, 61, with one line on stderr. */
export function flushScript(ctx: NodeContext, options: { readonly mountPoint: string }): string {
  return callScript(ctx, 'flush', options.mountPoint)
}

/** For one node, after all were flushed: the list of all files, without those in `except`, to the bucket. Exit codes 62, 63. */
export function countScript(
  ctx: NodeContext,
  options: { readonly mountPoint: string; readonly key: string; readonly except: readonly string[] },
): string {
  return callScript(ctx, 'count', options.mountPoint, options.key, ctx.url, ctx.region, ...options.except)
}
