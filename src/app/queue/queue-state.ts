import type { Counts } from '../../core/queue/eligible.ts'
import { OPEN_STATES, type TaskState } from '../../core/queue/task-view.ts'
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

/** How the queue stands, by its store alone; null where nobody works it and nothing is left to do. */
export async function readQueueState({ queue, clock }: Pick<Services, 'queue' | 'clock'>): Promise<QueueState | null> {
  const [open, lease, note] = await Promise.all([
    queue.jobs({ fleet: null, states: OPEN_STATES, limit: 100_000 }),
    queue.holder(CONTROLLER, clock.now()),
    readWorkNote(queue),
  ])
  if (open.length === 0 && lease === null) return null
  const tasks: Partial<Record<TaskState, number>> = {}
  for (const { counts } of open) {
    for (const state of OPEN_STATES) tasks[state] = (tasks[state] ?? 0) + (counts[state] ?? 0)
  }
  const own = note !== null && note.holder === lease?.holder ? note : null
  const { at: notedAt = null, since = null, fleets = [] } = own ?? {}
  return { worker: lease?.holder ?? null, since, notedAt, jobs: open.length, tasks, fleets }
}
