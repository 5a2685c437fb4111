import type { FoundBad } from '../../core/queue/found-bad.ts'
import type { JobStore } from '../../ports/job-store.ts'

/** The nodes of a fleet that were found bad lately, for commands that ask no cloud, and also when the nodes are gone. */
export async function readFoundBad(fleet: string, queue: Pick<JobStore, 'note'>): Promise<readonly FoundBad[]> {
  const text = await queue.note(noteOf(fleet))
  return text === null ? [] : (JSON.parse(text) as FoundBad[])
}

export async function writeFoundBad(fleet: string, found: readonly FoundBad[], queue: JobStore): Promise<void> {
  await queue.setNote(noteOf(fleet), found.length === 0 ? null : JSON.stringify(found))
}

const noteOf = (fleet: string) => `bad-nodes ${fleet}`
