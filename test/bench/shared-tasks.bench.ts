import { succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { allDone } from './all-done.ts'
import type { Row } from './row.ts'
import { withQueue } from './warm-queue.ts'

const TASKS = 1000
const NODES = 4
/** Of hpc7g.4xlarge: so many tasks run at a time on each node, by muster and by xargs. */
const CORES = 16
const FLEET = `
fleets:
  many:
    type: hpc7g.4xlarge
    nodes: {min: ${NODES}, max: ${NODES}}
    idle: 1h
`

/** What a node does for its share of the tasks without muster; the time that it took, in milliseconds. */
const BARE = `begin=$(date +%s%N)
seq ${TASKS / NODES} | xargs -P ${CORES} -I{} true
echo "bare $(( ($(date +%s%N) - begin) / 1000000 ))"`

/**
 * A thousand one-core tasks of a shared array on four sandbox nodes that are up: from the end of \`muster submit\` until the queue says
 * that all are done, against xargs on the same nodes just before and just after.
 */
export async function measure(): Promise<readonly Row[]> {
  return withQueue(FLEET, async (rehearsal) => {
    await allDone(rehearsal, await submit(rehearsal, '--nodes', String(NODES), '--', 'true'))
    const first = await bareSeconds(rehearsal)
    const [submitted, drained] = await drain(rehearsal)
    const bare = (first + (await bareSeconds(rehearsal))) / 2
    return [
      { what: `${TASKS} tasks by xargs -P ${CORES} on ${NODES} nodes`, value: `${(TASKS / bare).toFixed(0)} a second` },
      {
        what: `${TASKS} shared tasks of the queue on ${NODES} nodes`,
        value: `${(TASKS / drained).toFixed(0)} a second, ${(drained / bare).toFixed(1)} x`,
        limit: '30 a second',
      },
      { what: `submit of ${TASKS} tasks`, value: `${submitted.toFixed(2)} s` },
    ]
  })
}

async function bareSeconds(rehearsal: Rehearsal): Promise<number> {
  const id = await submit(rehearsal, '--nodes', String(NODES), '--', 'sh', '-c', BARE)
  await allDone(rehearsal, id)
  const said = succeeded(await rehearsal.run('logs', id)).stdout
  const times = [...said.matchAll(/bare (\d+)/g)].map((match) => Number(match[1]))
  if (times.length !== NODES) throw new Error(`xargs gave ${times.length} times: ${said}`)
  return Math.max(...times) / 1000
}

/** Seconds until the array was in the queue, and from then until all of it was done. */
async function drain(rehearsal: Rehearsal): Promise<readonly [number, number]> {
  const began = performance.now()
  const id = await submit(rehearsal, '--nodes', '1', '--share', '--array', `0-${TASKS - 1}`, '--', 'true')
  const submitted = performance.now()
  await allDone(rehearsal, id)
  return [(submitted - began) / 1000, (performance.now() - submitted) / 1000]
}

async function submit(rehearsal: Rehearsal, ...words: readonly string[]): Promise<string> {
  const shape = ['--parsable', '--fleet', 'many', '--launcher', 'shell', '--tasks-per-node', '1', '--workdir', 'none']
  return succeeded(await rehearsal.run('submit', ...shape, ...words)).stdout.trim()
}
