import { eventsOf } from '../../core/queue/attempt-end.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Paces } from '../../core/queue/paces.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import { holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'
import type { Change } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import type { LostNodes } from './lost-nodes.ts'
import { sightsOf } from './sights.ts'
import type { Stalls } from './stalls.ts'

/** What has happened to the tasks that hold nodes since it was asked last; how long they took and what was heard of them goes on to others. */
export function endingsReader(pace: Paces, stalls: Stalls, services: Services) {
  const lastSeen = new Map<string, number>()
  return async (tasks: readonly QueuedTask[], lost: ReadonlyMap<string, LostNodes>): Promise<Change[]> => {
    const running = tasks.filter(({ view }) => holdsNodes(view))
    const losses = new Map([...lost.values()].flatMap((one) => [...one]))
    const sights = await sightsOf(running, losses, services)
    const now = services.clock.now()
    return running.flatMap((task) => {
      const name = taskName(task.key)
      const sight = sights.get(name)
      if (!sight) return []
      if (sight.kind === 'ended' && sight.tookMs !== null) pace.learn(task.job.id, sight.tookMs)
      if (sight.kind === 'running' || sight.kind === 'queued') stalls.heard(name, sight.saidAt)
      if (sight.kind !== 'unseen') lastSeen.set(name, now)
      const seenAt = lastSeen.get(name) ?? lastAttempt(task.view)?.placedAt ?? now
      return eventsOf(task, sight, seenAt, now).map((event, nth) => changeOf(task, event, nth))
    })
  }
}

/** The event as the change that follows on what the task was; `nth` counts the events before it of the same look. */
export function changeOf({ key, view }: QueuedTask, event: Change['event'], nth = 0): Change {
  return { key, event, expects: view.version + nth }
}
