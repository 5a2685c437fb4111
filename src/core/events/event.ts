import type { Level, Sentence } from './level.ts'
import { EVENTS, type EventData, type EventType } from './registry.ts'

/** One event: data only. `at` is milliseconds since the epoch, `run` the command's own id. */
export type MusterEvent = {
  [T in EventType]: {
    readonly v: 1
    readonly seq: number
    readonly at: number
    readonly run: string
    readonly type: T
    readonly data: EventData<T>
  }
}[EventType]

/** The sentence for people, derived from the data. */
export function describeEvent(event: MusterEvent): string {
  return (EVENTS[event.type].describe as Sentence<unknown>)(event.data)
}

export function levelOf(event: MusterEvent): Level {
  return EVENTS[event.type].level
}
