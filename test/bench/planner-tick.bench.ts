import { seededRandom } from '../rehearsal/simulation/random.ts'
import { schedule } from '../../src/core/scheduling/schedule.ts'
import type { Row } from './row.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2027, 0, 4)

/** One pass of the scheduler over 10,000 tasks that wait and 1,024 nodes, half of them busy: the median of 15. */
export async function measure(): Promise<Row[]> {
  const random = seededRandom(1)
  const cohorts = Array.from({ length: 16 }, (_, at) => ({
    fleet: 'hpc',
    name: `c${at}x64`,
    readyAt: NOW,
    nodes: Array.from({ length: 64 }, (_node, nth) => ({ id: `i-${at}-${nth}`, cores: 64 })),
  }))
  const holdings = cohorts
    .flatMap((cohort) => cohort.nodes)
    .filter(() => random.next() < 0.5)
    .map(({ id }) => ({ task: `h${id}`, nodeIds: [id], cores: null, endsBy: NOW + random.next() * 5 * HOUR }))
  const waiting = Array.from({ length: 10_000 }, (_, index) => ({
    task: `t${index}`,
    fleet: 'hpc',
    priority: random.whole(0, 2),
    submittedAt: index,
    index: 0,
    nodes: random.whole(1, 64),
    cores: null,
    limitMs: random.whole(1, 6) * HOUR,
  }))
  const times = Array.from({ length: 15 }, () => {
    const began = performance.now()
    schedule({ now: NOW, waiting, cohorts, holdings })
    return performance.now() - began
  }).toSorted((a, b) => a - b)
  return [{ what: 'planner tick, 10,000 waiting, 1,024 nodes', value: `${times[7]!.toFixed(1)} ms`, limit: '50 ms' }]
}
