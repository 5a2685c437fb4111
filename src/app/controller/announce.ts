import { taskName } from '../../core/queue/queued-job.ts'
import type { Change } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'

/** Says what was written down of tasks whose nodes are taken, or that are to be begun again. */
export function announce(changes: readonly Change[], { events }: Pick<Services, 'events'>): void {
  for (const { key, event } of changes) {
    const task = taskName(key)
    if (event.type === 'noticed') events.emit('node.reclaimed', { job: task, node: event.node, at: event.until })
    if (event.type === 'requeued') {
      const { attempt, cause, node } = event
      events.emit('queue.requeued', { task, attempt, cause, node })
    }
  }
}
