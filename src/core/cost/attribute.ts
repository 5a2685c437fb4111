import { nodeTimes, type Window } from './node-times.ts'
import type { NodeUse } from './node-use.ts'
import { endOf, paidUntil, type PaidThing } from './paid-thing.ts'
import { addSpent, tally, type Spent, type Tally } from './tally.ts'

/** What a fleet cost, and what for: `paid` is the sum of the others; its hours are those of nodes. */
export interface FleetSpent {
  readonly fleet: string
  readonly paid: Spent
  readonly used: Spent
  readonly boot: Spent
  readonly idle: Spent
  readonly failed: Spent
  /** Hours of file systems. */
  readonly storage: Spent
  readonly nodes: number
  /** Of its first machine or file system, in milliseconds since the epoch. */
  readonly from: number
  /** When the last of it ended; null while something is there. */
  readonly until: number | null
  /** Things that nobody saw end: they are counted until they were last heard of, and for their lease. */
  readonly estimated: number
  /** What has no price that is known. */
  readonly unpriced: readonly string[]
}

/** What the nodes of a job cost while its attempts held them. What a fleet costs besides is no job's. */
export interface JobSpent {
  readonly job: string
  readonly fleet: string
  readonly paid: Spent
  readonly used: Spent
  readonly failed: Spent
}

const PARTS = ['paid', 'used', 'boot', 'idle', 'failed', 'storage'] as const

/**
 * What was paid, by fleet and by job, in the order of their beginning. Pure: `paid` and `uses` are the ledger's, all of them even where
 * only the runs of `shown` are to be told of jobs, since others share their nodes.
 */
export function attribute(
  paid: readonly PaidThing[],
  uses: readonly NodeUse[],
  window: Window,
  shown?: ReadonlySet<string>,
): { readonly fleets: readonly FleetSpent[]; readonly jobs: readonly JobSpent[] } {
  const byNode = Map.groupBy(uses, (use) => use.node)
  const jobs = new Map<string, { readonly fleet: string; readonly parts: Record<'paid' | 'used' | 'failed', Tally> }>()
  const fleets: FleetSpent[] = []
  for (const [fleet, things] of Map.groupBy(paid.filter(isIn(window)), (thing) => thing.fleet)) {
    const parts = newParts()
    for (const thing of things) {
      const { usdPerHour } = thing
      if (thing.kind === 'storage') {
        const ms = storageMs(thing, window)
        parts.storage.add(ms, usdPerHour)
        continue
      }
      const own = byNode.get(thing.id) ?? []
      const times = nodeTimes(thing, own, window)
      for (const part of ['used', 'boot', 'idle', 'failed'] as const) {
        parts[part].add(times[part], usdPerHour)
        parts.paid.add(times[part], usdPerHour)
      }
      const runs = new Map(own.map((use) => [use.run, use]))
      for (const [run, ms] of times.byRun) {
        if (shown?.has(run) === false) continue
        const { job, outcome } = runs.get(run)!
        const spent = jobs.get(job) ?? { fleet, parts: { paid: tally(), used: tally(), failed: tally() } }
        jobs.set(job, spent)
        spent.parts.paid.add(ms, usdPerHour)
        spent.parts[outcome === null || outcome === 'done' ? 'used' : 'failed'].add(ms, usdPerHour)
      }
    }
    const { paid: nodes, ...rest } = summed(parts)
    const spent = { ...rest, paid: { ...addSpent([nodes, rest.storage]), hours: nodes.hours } }
    fleets.push({ fleet, ...spent, ...lifeOf(things) })
  }
  return {
    fleets,
    jobs: [...jobs].map(([job, { fleet, parts }]) => ({
      job,
      fleet,
      paid: parts.paid.sum(),
      used: parts.used.sum(),
      failed: parts.failed.sum(),
    })),
  }
}

const newParts = () => Object.fromEntries(PARTS.map((part) => [part, tally()])) as Record<(typeof PARTS)[number], Tally>

const summed = (parts: ReturnType<typeof newParts>) =>
  Object.fromEntries(PARTS.map((part) => [part, parts[part].sum()])) as Record<(typeof PARTS)[number], Spent>

function storageMs(disk: PaidThing, { since, now }: Window): number {
  return Math.max(0, paidUntil(disk, now) - Math.max(disk.beganAt, since))
}

function isIn({ since, now }: Window) {
  return (thing: PaidThing) => paidUntil(thing, now) > since || thing.beganAt >= since
}

function lifeOf(things: readonly PaidThing[]): Pick<FleetSpent, 'nodes' | 'from' | 'until' | 'estimated' | 'unpriced'> {
  const ends = things.map(endOf)
  return {
    nodes: things.filter((thing) => thing.kind === 'node').length,
    from: Math.min(...things.map((thing) => thing.beganAt)),
    until: ends.includes(null) ? null : Math.max(...ends.map((end) => end?.at ?? 0)),
    estimated: ends.filter((end) => end?.isEstimated === true).length,
    unpriced: [...new Set(things.filter((thing) => thing.usdPerHour === null).map((thing) => thing.what))].toSorted(),
  }
}
