import type { JobStore } from '../../ports/job-store.ts'

/** When a fleet was last made larger or smaller: in the store, so that whoever works the queue next holds the cooldown too. */

const noteOf = (fleet: string) => `scaled ${fleet}`

/** In milliseconds since the epoch; null where it has not been since it was raised. */
export async function lastChange(fleet: string, queue: JobStore): Promise<number | null> {
  const text = await queue.note(noteOf(fleet))
  return text === null ? null : Number(text)
}

/** Written before the change is begun. Null forgets it: the fleet is gone. */
export async function noteChange(fleet: string, at: number | null, queue: JobStore): Promise<void> {
  await queue.setNote(noteOf(fleet), at === null ? null : String(at))
}
