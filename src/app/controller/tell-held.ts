import { taskName } from '../../core/queue/queued-job.ts'
import { count } from '../../kit/count.ts'
import type { Services } from '../services.ts'
import type { TickReport } from './tick.ts'

/**
 * Says once, whenever it comes to that, that nothing is left but what is held and what waits for it: whoever waits for the queue to
 * drain would not know why it does not.
 */
export function heldTeller({ events }: Pick<Services, 'events'>): (report: Pick<TickReport, 'queue' | 'not'>) => void {
  let isSaid = false
  return ({ queue: { tasks }, not }) => {
    const held = tasks.filter(({ view }) => view.state === 'held')
    const [first] = held
    const moves = tasks.some(({ key, view }) => view.state !== 'held' && not.get(taskName(key))?.kind !== 'dependency')
    if (first === undefined || moves) {
      isSaid = false
      return
    }
    const isOne = held.length === 1
    const until = isOne
      ? 'is held, and the queue drains only when it is'
      : 'are held, and the queue drains only when they are'
    const message = `${count(held.length, 'task')} ${until} released or cancelled`
    if (!isSaid) events.emit('warning', { message, hint: `muster release ${first.key.job}` })
    isSaid = true
  }
}
