import { callScript, type NodeContext } from './context.ts'

/** For every node: renews its lease; for `holdS` seconds nothing ends it. Prints what `parseRenewal` reads. */
export function renewScript(ctx: NodeContext, options: { readonly holdS: number }): string {
  return callScript(ctx, 'renew', String(Math.ceil(options.holdS)))
}

/** Seconds until the node ends itself if nothing more comes; `never`; null where it did not say. */
export function parseRenewal(stdout: string): number | 'never' | null {
  const word = /^ends-in (\d+|never)$/m.exec(stdout)?.[1]
  if (word === undefined) return null
  return word === 'never' ? word : Number(word)
}
