import type { EventData, EventType } from '../../src/core/events/registry.ts'
import type { EventSink } from '../../src/ports/event-sink.ts'

/** Keeps every event in order. */
export interface FakeEventSink extends EventSink {
  readonly events: readonly { readonly type: EventType; readonly data: unknown }[]
  /** The data of all events of one type. */
  of<T extends EventType>(type: T): readonly EventData<T>[]
  /** Only the types, in order. */
  types(): readonly EventType[]
}

export function fakeEventSink(): FakeEventSink {
  const events: { type: EventType; data: unknown }[] = []
  return {
    events,
    emit: (type, data) => void events.push({ type, data }),
    of: <T extends EventType>(type: T) => events.filter((e) => e.type === type).map((e) => e.data as EventData<T>),
    types: () => events.map((e) => e.type),
  }
}
