import { eligibleTasks, type Eligibility } from '../../core/queue/eligible.ts'
import { settledWaiting } from '../../core/queue/settle-waiting.ts'
import type { Change } from '../../ports/job-store.ts'
import type { Budget } from './budget.ts'
import { changeOf } from './endings.ts'
import type { QueueNow } from './read-queue.ts'

/** Which tasks could be placed now; those that never can be any more are ended first. `write` writes changes and gives the queue after them. */
export async function settle(
  queue: QueueNow,
  time: number,
  budget: Budget,
  write: (now: QueueNow, changes: readonly Change[]) => Promise<QueueNow>,
): Promise<{ readonly queue: QueueNow; readonly eligible: Eligibility }> {
  const first = eligibleTasks(queue.tasks, queue.countsOf, time)
  const settled = settledWaiting(queue.tasks, first.not, time)
  const now = await write(
    queue,
    settled.map(({ task, event }) => changeOf(task, event)),
  )
  const eligible = settled.length === 0 ? first : eligibleTasks(now.tasks, now.countsOf, time)
  return { queue: now, eligible: budget.hold(eligible, now.tasks) }
}
