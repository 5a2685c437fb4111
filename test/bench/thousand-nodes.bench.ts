import type { StatusResult } from '../../src/app/results/status.ts'
import { succeeded } from '../rehearsal/rehearse.ts'
import { rehearseSimulated } from '../rehearsal/simulated.ts'
import type { Row } from './row.ts'

const NODES = 1024
/** EC2 launches at most 1000 all or nothing (MinTargetCapacity of CreateFleet): the fleet is two cohorts. */
const COHORT = NODES / 2

const FLEET = `fleets:
  thousand: {type: c7g.large, nodes: ${COHORT}, placement: none, zones: [us-east-1a]}
`

/** 1,024 simulated nodes of one fleet up and down under EC2's published request rates: time, calls a node, and no throttling that shows. */
export async function measure(): Promise<readonly Row[]> {
  const latencies = { pendingMs: 1_000, onlineMs: 2_000, fileSystemMs: 3_000, commandMs: 100 }
  const rehearsal = await rehearseSimulated(latencies, FLEET)
  try {
    const up = succeeded(await rehearsal.run('up'))
    const more = succeeded(await rehearsal.run('scale', 'thousand', String(NODES), '--yes'))
    const there = (JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout) as StatusResult).fleets
    const counted = there.reduce((total, fleet) => total + fleet.nodes.length, 0)
    if (counted !== NODES) throw new Error(`${counted} nodes are there, not ${NODES}`)
    const raised = await rehearsal.calls()
    const down = succeeded(await rehearsal.run('down'))
    const all = await rehearsal.calls()
    const said = `${up.stderr}${more.stderr}${down.stderr}`
      .split('\n')
      .filter((line) => /throttl|rate exceeded|limit exceeded/i.test(line))
    if (said.length > 0) throw new Error(`throttling showed: ${said.join('; ')}`)
    const [calls, ofUp] = [sum(all.calls), sum(raised.calls)]
    return [
      { what: `${NODES} simulated nodes up, in two cohorts`, value: `${((up.ms + more.ms) / 1000).toFixed(1)} s` },
      { what: `${NODES} simulated nodes down`, value: `${(down.ms / 1000).toFixed(1)} s` },
      { what: 'API calls a node, up and down', value: (calls / NODES).toFixed(2) },
      { what: 'API calls, up / down', value: `${ofUp} / ${calls - ofUp}` },
      { what: 'the most frequent', value: mostFrequent(all.calls) },
      { what: 'throttled by EC2, repeated unseen', value: String(sum(all.throttled)) },
      { what: 'throttling errors that surfaced', value: '0', limit: '0' },
    ]
  } finally {
    await rehearsal.close()
  }
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

function mostFrequent(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([operation, count]) => `${operation} ${count}`)
    .join(', ')
}
