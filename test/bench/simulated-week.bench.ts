import { LOADS, makeLoad } from '../rehearsal/simulation/load.ts'
import { POLICIES } from '../rehearsal/simulation/policies.ts'
import { simulate } from '../rehearsal/simulation/simulate.ts'
import { WEEK, worldOf } from '../rehearsal/simulation/week.ts'
import type { Row } from './row.ts'

/** A week of 10,000 tasks under each policy: what docs/scaling.md shows, and how long the simulation takes. */
export async function measure(): Promise<Row[]> {
  const rows: Row[] = []
  for (const load of LOADS) {
    const tasks = makeLoad(load, 10_000, 7, 1)
    for (const [name, spec] of Object.entries(POLICIES)) {
      const world = await worldOf(spec, tasks, WEEK)
      const began = performance.now()
      const { waitMeanS, wait95S, paidNodeHours, usedNodeHours, actions } = simulate(tasks, world)
      const seconds = (performance.now() - began) / 1000
      const wait = `waits ${(waitMeanS / 60).toFixed(1)} min (95 %: ${(wait95S / 60).toFixed(1)})`
      const hours = `${paidNodeHours.toFixed(0)} node-hours paid, ${usedNodeHours.toFixed(0)} used`
      rows.push({
        what: `week of ${load}, ${name}`,
        value: `${wait}, ${hours}, ${actions} changes, in ${seconds.toFixed(1)} s`,
        limit: '60 s',
      })
    }
  }
  return rows
}
