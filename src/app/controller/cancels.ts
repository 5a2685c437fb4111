import { taskName } from '../../core/queue/queued-job.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import { holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'
import { cancelJob } from '../job/cancel.ts'
import type { Services } from '../services.ts'

/** A node that could not be asked is asked again after so long, in milliseconds. */
const AGAIN_MS = 20_000

/** Asks the nodes of tasks that are to be cancelled to end them; not waited for. They report it themselves. */
export function canceller(services: Services) {
  const asked = new Map<string, number>()
  return (tasks: readonly QueuedTask[]): void => {
    const now = services.clock.now()
    for (const task of tasks) {
      const attempt = lastAttempt(task.view)
      if (!task.view.cancelAsked || !holdsNodes(task.view) || attempt === null || attempt.endedAt !== null) continue
      const name = `${taskName(task.key)} ${attempt.attempt}`
      if (now - (asked.get(name) ?? -Infinity) < AGAIN_MS) continue
      asked.set(name, now)
      const record = {
        version: 1 as const,
        id: attempt.run,
        spec: task.job.spec,
        fleet: task.job.fleet,
        hosts: attempt.nodes.map((node) => ({ ...node, slots: 0 })),
        submittedAt: attempt.placedAt,
      }
      cancelJob(record, services).catch(() => undefined)
    }
  }
}
