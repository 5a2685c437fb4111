import { count } from '../../kit/count.ts'
import { sayRequeued } from '../queue/say-event.ts'
import type { EndCause } from '../queue/task-event.ts'
import type { ScalingReason } from '../scaling/input.ts'
import { sayScaling } from '../scaling/say-scaling.ts'
import { event, seconds } from './entry.ts'

/** What whoever works the queue says. */
export const QUEUE_EVENTS = {
  'queue.leads': event<{ holder: string }>('info', () => 'working the queue'),
  'queue.stands-by': event<{ holder: string }>('info', (d) => `${d.holder} works the queue; standing by`),
  'queue.requeued': event<{ task: string; attempt: number; cause: EndCause; node: string | null }>(
    'warning',
    (d) => `${d.task}: attempt ${d.attempt} has ended; ${sayRequeued(d)}`,
  ),
  'queue.scaling': event<{ fleet: string; launch: readonly number[]; end: number; why: ScalingReason }>('info', (d) =>
    d.end > 0
      ? `${d.fleet}: ${count(d.end, 'fewer node')}: ${sayScaling(d.why)}`
      : `${d.fleet}: ${count(sum(d.launch), 'more node')}: ${sayScaling(d.why)}`,
  ),
  'queue.fleet-blocked': event<{ fleet: string; message: string; retryInMs: number }>(
    'warning',
    (d) => `${d.fleet} cannot change for now: ${d.message}; next try in ${seconds(d.retryInMs)}`,
  ),
} as const

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
