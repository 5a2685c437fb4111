import { callScript, type NodeContext } from './context.ts'

/** What a renewal says beside the lease itself. */
export interface Renewal {
  /** For so many seconds nothing but its end ends the node; `lease` is no longer than its lease lasts. */
  readonly holdS: number | 'lease'
  /** Whether somebody is about to use it: then its idle time begins again. */
  readonly isUse: boolean
  /** The node ends in so many seconds, whatever runs on it, until a renewal says otherwise; `none` takes that back, `keep` leaves it. */
  readonly endS: number | 'none' | 'keep'
}

/** What a node says of its own end, in seconds from now: if nothing more comes, and whatever comes. */
export interface NodeEnd {
  readonly endsIn: number | null
  readonly atMost: number | null
}

/** For every node: renews its lease. Prints what `parseRenewal` reads. */
export function renewScript(ctx: NodeContext, { holdS, isUse, endS }: Renewal): string {
  const end = typeof endS === 'number' ? String(Math.max(0, Math.floor(endS))) : endS
  return callScript(ctx, 'renew', holdS === 'lease' ? holdS : String(Math.ceil(holdS)), isUse ? 'yes' : 'no', end)
}

/** Null where it did not say; its fields are null where the node never ends itself. */
export function parseRenewal(stdout: string): NodeEnd | null {
  const endsIn = wordAfter('ends-in', stdout)
  const atMost = wordAfter('at-most', stdout)
  return endsIn === undefined || atMost === undefined ? null : { endsIn, atMost }
}

function wordAfter(name: string, text: string): number | null | undefined {
  const word = new RegExp(`^${name} (\\d+|never)$`, 'm').exec(text)?.[1]
  if (word === undefined) return undefined
  return word === 'never' ? null : Number(word)
}
