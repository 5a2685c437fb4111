import { LOADS, makeLoad } from '../rehearsal/simulation/load.ts'
import { POLICIES } from '../rehearsal/simulation/policies.ts'
import { simulate } from '../rehearsal/simulation/simulate.ts'
import { WEEK } from '../rehearsal/simulation/week.ts'
import type { Row } from './row.ts'

/** A week of 10,000 tasks under each policy: what docs/scaling.md shows, and how long the simulation takes. */
export async function measure(): Promise<Row[]> {
  return LOADS.flatMap((load) => {
    const tasks = makeLoad(load, 10_000, 7, 1)
    return Object.entries(POLICIES).map(([name, policy]): Row => {
      const began = performance.now()
      const { waitMeanS, wait95S, paidNodeHours, usedNodeHours, actions } = simulate(tasks, { ...WEEK, policy })
      const seconds = (performance.now() - began) / 1000
      const wait = `waits ${(waitMeanS / 60).toFixed(1)} min (95 %: ${(wait95S / 60).toFixed(1)})`
      const hours = `${paidNodeHours.toFixed(0)} node-hours paid, ${usedNodeHours.toFixed(0)} used`
      return {
        what: `week of ${load}, ${name}`,
        value: `${wait}, ${hours}, ${actions} changes, in ${seconds.toFixed(1)} s`,
        limit: '60 s',
      }
    })
  })
}
