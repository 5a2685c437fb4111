import type { EventData, EventType } from '../core/events/registry.ts'

/** Where use cases say what happens. Synchronous and never failing: a broken terminal must not stop a teardown. */
export interface EventSink {
  emit<T extends EventType>(type: T, data: EventData<T>): void
}
