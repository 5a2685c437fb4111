import { isBatched } from '../../core/queue/batches.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Paces } from '../../core/queue/paces.ts'
import { handAhead } from '../../core/scheduling/hand-ahead.ts'
import type { Schedule, ScheduleInput } from '../../core/scheduling/input.ts'
import { schedule } from '../../core/scheduling/schedule.ts'
import type { Services } from '../services.ts'

/** For so long a node that tasks share is given work ahead, in milliseconds: some ticks, and the word to it. */
const AHEAD_MS = { sandbox: 3_000, aws: 20_000 } as const

/** What begins now, and what nodes take next by themselves. */
export function placeTasks(
  input: ScheduleInput,
  tasks: ReadonlyMap<string, QueuedTask>,
  pace: Paces,
  cloud: Services['cloud']['name'],
): Schedule {
  const paceOf = (name: string): number | null => {
    const task = tasks.get(name)
    return task && isBatched(task.job) ? pace.of(task.job.id) : null
  }
  return handAhead(schedule(input), { ...input, paceOf, aheadMs: AHEAD_MS[cloud] })
}
