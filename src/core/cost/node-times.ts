import type { NodeUse } from './node-use.ts'
import { endOf, paidUntil, type PaidThing } from './paid-thing.ts'

/** What a node's paid time went into, in milliseconds; the four are all of it. */
export interface NodeTimes {
  /** Held by attempts that ended done, or run now. */
  readonly used: number
  /** Held by attempts that failed, were lost, cancelled or ended by their time limit. */
  readonly failed: number
  /** Before it was ready for the first. */
  readonly boot: number
  /** Paid and held by nobody. */
  readonly idle: number
  /** What each run held of it. */
  readonly byRun: ReadonlyMap<string, number>
}

export interface Window {
  /** What was before counts for nothing. */
  readonly since: number
  /** What is there is paid until now. */
  readonly now: number
}

/**
 * Of one node, from its launch: the API does not tell when it began to run, so the seconds that it was pending, which AWS does not
 * bill, are counted too. Tasks that share it share its time by their cores, and what they leave is idle. `uses` are all of this node.
 */
export function nodeTimes(node: PaidThing, uses: readonly NodeUse[], { since, now }: Window): NodeTimes {
  const begin = node.beganAt
  const end = endOf(node)?.at ?? Math.max(now, begin)
  const last = paidUntil(node, now)
  const held = uses
    .map((use) => ({ use, from: Math.max(use.from, begin), until: Math.min(use.until ?? end, end) }))
    .filter(({ from, until }) => from < until)
  const ready = Math.min(node.readyAt ?? last, ...held.map(({ from }) => from))
  const steps = [...new Set([begin, ready, last, since, ...held.flatMap(({ from, until }) => [from, until])])]
    .filter((at) => at >= Math.max(begin, since) && at <= last)
    .toSorted((a, b) => a - b)
  const times = { used: 0, failed: 0, boot: 0, idle: 0 }
  const byRun = new Map<string, number>()
  const coming = held.toSorted((a, b) => a.from - b.from)
  const active = new Set<(typeof held)[number]>()
  let next = 0
  for (const [nth, from] of steps.slice(0, -1).entries()) {
    const ms = steps[nth + 1]! - from
    while (next < coming.length && coming[next]!.from <= from) active.add(coming[next++]!)
    for (const one of active) if (one.until <= from) active.delete(one)
    const shares = sharesOf(
      [...active].map(({ use }) => use),
      node.cores,
    )
    let left = 1
    for (const [use, share] of shares) {
      left -= share
      times[isGood(use) ? 'used' : 'failed'] += share * ms
      byRun.set(use.run, (byRun.get(use.run) ?? 0) + share * ms)
    }
    times[active.size === 0 && from < ready ? 'boot' : 'idle'] += Math.max(0, left) * ms
  }
  return { ...times, byRun }
}

function isGood({ outcome }: NodeUse): boolean {
  return outcome === null || outcome === 'done'
}

/** At most 1 together, whatever was written down. */
function sharesOf(uses: readonly NodeUse[], cores: number | null): [NodeUse, number][] {
  const asked = uses.reduce((sum, use) => sum + (use.cores ?? 0), 0)
  const all = Math.max(cores ?? asked, asked)
  const wanted = uses.map((use): [NodeUse, number] => [use, use.cores === null ? 1 : use.cores / all])
  const sum = wanted.reduce((total, [, share]) => total + share, 0)
  return sum <= 1 ? wanted : wanted.map(([use, share]) => [use, share / sum])
}
