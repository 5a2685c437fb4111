import { callScript, type NodeContext } from './context.ts'

/** For every node: fetches known_hosts and authorized_keys from the bucket and writes the user's ssh configuration. */
export function trustScript(
  ctx: NodeContext,
  options: { readonly knownHostsKey: string; readonly authorizedKeysKey: string },
): string {
  return callScript(ctx, 'trust', ctx.url, ctx.region, options.knownHostsKey, options.authorizedKeysKey)
}
