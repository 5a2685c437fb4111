import type { NodeUse, UseChange } from '../../src/core/cost/node-use.ts'
import { mergePaid, type PaidThing } from '../../src/core/cost/paid-thing.ts'
import type { Ledger } from '../../src/ports/ledger.ts'

export interface FakeLedger extends Ledger {
  /** What the queue's histories tell of nodes. */
  tell(change: UseChange): void
}

const byTime = (a: readonly [number, string], b: readonly [number, string]) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)

/** A ledger in memory that keeps to the same contract. */
export function fakeLedger(): FakeLedger {
  const things = new Map<string, PaidThing>()
  const uses = new Map<string, NodeUse>()
  const take = (use: NodeUse): void => {
    uses.set(`${use.run} ${use.node}`, use)
  }

  return {
    see: async (seen) => {
      for (const one of seen) {
        const key = `${one.kind} ${one.id} ${one.beganAt}`
        const known = things.get(key)
        things.set(key, known ? mergePaid(known, one) : one)
      }
    },
    paid: async ({ fleet, ids }) =>
      [...things.values()]
        .filter((one) => (fleet === null || one.fleet === fleet) && (ids === null || ids.includes(one.id)))
        .toSorted((a, b) => byTime([a.beganAt, a.id], [b.beganAt, b.id])),
    use: async (all) => all.forEach(take),
    uses: async ({ fleet, jobs }) =>
      [...uses.values()]
        .filter((one) => (fleet === null || one.fleet === fleet) && (jobs === null || jobs.includes(one.job)))
        .toSorted((a, b) => byTime([a.from, `${a.run} ${a.node}`], [b.from, `${b.run} ${b.node}`])),
    tell: (change) => {
      if (change.kind === 'taken') return change.uses.forEach(take)
      const { run, until, outcome } = change
      for (const use of uses.values()) if (use.run === run) take({ ...use, until, outcome })
    },
  }
}
