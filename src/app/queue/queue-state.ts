import type { Counts } from '../../core/queue/eligible.ts'
import { OPEN_STATES, type TaskState } from '../../core/queue/task-view.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import type { JobSummary } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import { readWorkNote, type FleetNote } from '../controller/note-work.ts'
import { CONTROLLER } from './submit.ts'

/** The queue in a line of `muster status`. */
export interface QueueState {
  /** Who works it, as `host/pid`; null where nobody does. */
  readonly worker: string | null
  /** Since when it does, in milliseconds since the epoch; null as `notedAt` is. */
  readonly since: number | null
  /** When whoever works it last said how it stands, in milliseconds since the epoch; null where nobody has yet. */
  readonly notedAt: number | null
  /** Jobs that have not ended. */
  readonly jobs: number
  /** Their tasks by state. */
  readonly tasks: Counts
  /** What whoever works it has under way with its fleets. */
  readonly fleets: readonly FleetNote[]
}

type QueueServices = Pick<Services, 'queue' | 'clock' | 'events'>

/**
 * How the queue stands, by its store alone; null where nobody works it and nothing is left to do, and with a warning where it cannot be
 * read: that must not keep anybody from seeing what is up and costs.
 */
export async function readQueueState(services: QueueServices): Promise<QueueState | null> {
  try {
    return await read(services)
  } catch (error) {
    if (!isMusterError(error)) throw error
    services.events.emit('warning', { message: error.message, hint: error.suggestions[0] ?? null })
    return null
  }
}

async function read({ queue, clock }: QueueServices): Promise<QueueState | null> {
  const [open, lease, note] = await Promise.all([
    queue.jobs({ fleet: null, states: OPEN_STATES, limit: 100_000 }),
    queue.holder(CONTROLLER, clock.now()),
    readWorkNote(queue),
  ])
  if (open.length === 0 && lease === null) return null
  const own = note !== null && note.holder === lease?.holder ? note : null
  const { at: notedAt = null, since = null, fleets = [] } = own ?? {}
  return { worker: lease?.holder ?? null, since, notedAt, jobs: open.length, tasks: openTasks(open), fleets }
}

function openTasks(jobs: readonly JobSummary[]): Counts {
  const tasks: Partial<Record<TaskState, number>> = {}
  for (const { counts } of jobs) {
    for (const state of OPEN_STATES) tasks[state] = (tasks[state] ?? 0) + (counts[state] ?? 0)
  }
  return tasks
}
