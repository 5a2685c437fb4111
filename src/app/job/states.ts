import { layout } from '../../core/job/layout.ts'
import { parseRunnerState, parseTaskStates } from '../../core/job/parse-state.ts'
import type { JobRecord, RunnerState } from '../../core/job/record.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { runnersOf } from './records.ts'

/** What a runner has last said; null where it has said nothing yet. */
export async function readState(
  objects: ObjectStore,
  { id, batch }: Pick<JobRecord, 'id' | 'batch'>,
  host: string,
): Promise<RunnerState | null> {
  if (batch !== undefined) return (await readTaskStates(objects, batch)).get(id) ?? null
  const bytes = await objects.getBytes(layout.state(id, host))
  return bytes ? parseRunnerState(new TextDecoder().decode(bytes)) : null
}

/** What a node has last said of the tasks of a batch, by run; empty where it has said nothing yet. */
export async function readTaskStates(objects: ObjectStore, batch: string): Promise<ReadonlyMap<string, RunnerState>> {
  const bytes = await objects.getBytes(layout.state(batch, BATCH_HOST))
  return bytes ? parseTaskStates(new TextDecoder().decode(bytes)) : new Map()
}

/** A batch has one node. */
const BATCH_HOST = 'node-0'

/** The states of all hosts that have a runner, in rank order. */
export async function readStates(
  record: JobRecord,
  objects: ObjectStore,
): Promise<readonly { readonly host: string; readonly state: RunnerState | null }[]> {
  return Promise.all(
    runnersOf(record).map(async ({ name }) => ({ host: name, state: await readState(objects, record, name) })),
  )
}
