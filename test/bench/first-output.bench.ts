import type { TaskEventType } from '../../src/core/queue/task-event.ts'
import { succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { allDone, queueOf } from './all-done.ts'
import type { Row } from './row.ts'
import { withQueue } from './warm-queue.ts'

const ROUNDS = 7
const FLEET = `
fleets:
  warm:
    type: hpc7g.4xlarge
    nodes: {min: 1, max: 1}
    idle: 1h
`

/** One round, in milliseconds since \`muster submit\` was started. */
interface Round {
  /** The task is in the queue, by its own history. */
  readonly queued: number
  /** The controller has given it a node. */
  readonly placed: number
  /** The program wrote its line, by the node's clock. */
  readonly written: number
  /** The line came out of \`muster logs --follow\`, which was started as soon as submit had named the job. */
  readonly read: number
}

/** From the start of \`muster submit\` to the first byte that \`muster logs --follow\` prints, on a fleet that is up with a controller. */
export async function measure(): Promise<readonly Row[]> {
  return withQueue(FLEET, async (rehearsal) => {
    await oneRound(rehearsal)
    const rounds: Round[] = []
    for (let nth = 0; nth < ROUNDS; nth += 1) rounds.push(await oneRound(rehearsal))
    const part = (name: keyof Round, before: keyof Round | null) =>
      `${median(rounds.map((round) => round[name] - (before === null ? 0 : round[before]))).toFixed(0)} ms`
    return [
      { what: 'submit to first output, warm fleet', value: part('read', null) },
      { what: '  submit: into the queue', value: part('queued', null) },
      { what: '  the controller gives it a node', value: part('placed', 'queued') },
      { what: '  the node has begun it', value: part('written', 'placed') },
      { what: '  its line is read', value: part('read', 'written') },
    ]
  })
}

async function oneRound(rehearsal: Rehearsal): Promise<Round> {
  const began = Date.now()
  const shape = ['--parsable', '--fleet', 'warm', '--launcher', 'shell', '--nodes', '1', '--workdir', 'none']
  const id = succeeded(await rehearsal.run('submit', ...shape, '--', 'date', '+%s%3N')).stdout.trim()
  const followed = Date.now()
  const logs = succeeded(await rehearsal.run('logs', '--follow', id))
  await allDone(rehearsal, id)
  const queue = queueOf(rehearsal)
  const history = await queue.history({ job: id, index: null })
  queue.close()
  const at = (type: TaskEventType) => (history.find((event) => event.type === type)?.at ?? Number.NaN) - began
  return {
    queued: at('submitted'),
    placed: at('placed'),
    written: Number(logs.stdout.trim()) - began,
    read: followed + (logs.chunks[0]?.at ?? Number.NaN) - began,
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
