import { FAILING_PHASES, type FailingPhase } from '../job/job-failure.ts'
import { taskName, type TaskKey } from './queued-job.ts'
import type { TaskView } from './task-view.ts'

/** Where on its way an attempt failed: in a phase of its own, or because its node was lost. */
export type FailingAt = FailingPhase | 'lost'

/** How one attempt went, as far as it tells of nodes. */
export interface AttemptRecord {
  readonly job: string
  readonly task: string
  readonly attempt: number
  readonly nodes: readonly string[]
  readonly endedAt: number
  /** How far it came: `done` got through everything, `unknown` tells nothing (it was cancelled, or Spot took a node). */
  readonly end: 'done' | 'time-limit' | 'unknown' | FailingAt
  /** The node that is to blame for its failure, where one is. */
  readonly blamed: string | null
}

/** Records of a task's attempts that have ended, the oldest first. */
export function recordsOf(key: TaskKey, { attempts }: Pick<TaskView, 'attempts'>): AttemptRecord[] {
  return attempts.flatMap((one) => {
    if (one.endedAt === null) return []
    const nodes = one.nodes.map(({ id }) => id)
    const blamed = one.node ?? (one.cause === 'node' && nodes.length === 1 ? (nodes[0] ?? null) : null)
    const { attempt, endedAt } = one
    return [{ job: key.job, task: taskName(key), attempt, nodes, endedAt, end: endOf(one), blamed }]
  })
}

function endOf({ outcome, cause, failedIn }: TaskView['attempts'][number]): AttemptRecord['end'] {
  if (outcome === 'done' || outcome === 'time-limit') return outcome
  if (cause === 'node') return 'lost'
  return cause === 'exit' && failedIn !== null ? failedIn : 'unknown'
}

/** Whether an attempt got through what others fail at; null where it did not come so far, or does not tell. */
export function passed({ end }: Pick<AttemptRecord, 'end'>, at: FailingAt): boolean | null {
  if (end === 'done') return true
  if (end === 'unknown') return null
  if (end === at) return false
  // Whose program or time ended was not lost; whoever was lost had come nobody knows how far.
  if (at === 'lost') return true
  if (end === 'lost') return null
  const came = end === 'time-limit' ? FAILING_PHASES.indexOf('running') : FAILING_PHASES.indexOf(end)
  return came > FAILING_PHASES.indexOf(at) ? true : null
}
