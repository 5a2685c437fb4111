import { layout } from '../../core/job/layout.ts'
import { parseRunnerState } from '../../core/job/parse-state.ts'
import type { JobRecord, RunnerState } from '../../core/job/record.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { runnersOf } from './records.ts'

/** What a runner has last said; null where it has said nothing yet. */
export async function readState(objects: ObjectStore, job: string, host: string): Promise<RunnerState | null> {
  const bytes = await objects.getBytes(layout.state(job, host))
  return bytes ? parseRunnerState(new TextDecoder().decode(bytes)) : null
}

/** The states of all hosts that have a runner, in rank order. */
export async function readStates(
  record: JobRecord,
  objects: ObjectStore,
): Promise<readonly { readonly host: string; readonly state: RunnerState | null }[]> {
  return Promise.all(
    runnersOf(record).map(async ({ name }) => ({ host: name, state: await readState(objects, record.id, name) })),
  )
}
