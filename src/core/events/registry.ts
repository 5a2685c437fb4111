import { CAPACITY_EVENTS } from './capacity-events.ts'
import { CLOUD_EVENTS } from './cloud-events.ts'
import { event } from './entry.ts'
import { FLEET_EVENTS } from './fleet-events.ts'
import { IMAGE_EVENTS } from './image-events.ts'
import { JOB_EVENTS } from './job-events.ts'
import { LOGIN_EVENTS } from './login-events.ts'
import { NODE_EVENTS } from './node-events.ts'
import { PLAN_EVENTS } from './plan-events.ts'
import { QUEUE_EVENTS } from './queue-events.ts'
import { SETUP_EVENTS } from './setup-events.ts'
import { STORAGE_EVENTS } from './storage-events.ts'

/**
 * Everything that muster can say while it works: the payload of each event and the sentence that is derived from it.
 * Renderers and the journal read the same stream; no words travel in an event.
 */
export const EVENTS = {
  ...CLOUD_EVENTS,
  ...SETUP_EVENTS,
  ...PLAN_EVENTS,
  ...CAPACITY_EVENTS,
  ...FLEET_EVENTS,
  ...STORAGE_EVENTS,
  ...IMAGE_EVENTS,
  ...NODE_EVENTS,
  ...JOB_EVENTS,
  ...LOGIN_EVENTS,
  ...QUEUE_EVENTS,
  warning: event<{ message: string; hint: string | null }>(
    'warning',
    (d) => `${d.message}${d.hint === null ? '' : `; try: ${d.hint}`}`,
  ),
} as const

export type EventType = keyof typeof EVENTS
export type EventData<T extends EventType> = Parameters<(typeof EVENTS)[T]['describe']>[0]
