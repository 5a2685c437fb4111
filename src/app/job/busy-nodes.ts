import pLimit from 'p-limit'
import { isUp, type ObservedNode } from '../../core/fleet/observed.ts'
import { isJobId, submittedAt } from '../../core/job/id.ts'
import { layout } from '../../core/job/layout.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { Services } from '../services.ts'
import { readRecord } from './records.ts'
import { readStates } from './states.ts'

/** How long a job that was submitted may be silent before it counts as one that was never started, in milliseconds. */
const SILENT_MS = 10 * 60_000

/** Records and states are small objects: so many are read side by side. */
const AT_ONCE = 16

/** A job that has not ended, and the nodes that it holds. */
export interface RunningJob {
  readonly id: string
  readonly nodeIds: readonly string[]
}

/**
 * The jobs that hold some of these nodes: by their records in the bucket and what their runners last said. A job that cannot be seen to
 * have ended holds its nodes: losing sight of it never ends it. Of those that `isMeant` leaves out nothing is read.
 */
export async function runningJobs(
  fleet: string,
  nodes: readonly ObservedNode[],
  { objects, clock }: Pick<Services, 'objects' | 'clock'>,
  isMeant: (id: string) => Promise<boolean> = async () => true,
): Promise<RunningJob[]> {
  const alive = new Set(nodes.filter(isUp).map(({ id }) => id))
  if (alive.size === 0) return []
  // What was submitted before the oldest node was launched runs on none of them; ids count in whole seconds.
  const oldest = Math.min(...nodes.filter(({ id }) => alive.has(id)).map(({ launchedAt }) => launchedAt)) - 1000
  const ids = (await objects.folders(layout.jobs())).filter((id) => isJobId(id) && submittedAt(id) >= oldest)
  const limit = pLimit(AT_ONCE)
  const read = ids.map((id) =>
    limit(async () => ((await isMeant(id)) ? openRecord(id, fleet, { objects, clock }) : null)),
  )
  return (await Promise.all(read)).flatMap((record) => {
    const nodeIds = record?.hosts.map((host) => host.id).filter((id) => alive.has(id)) ?? []
    return record && nodeIds.length > 0 ? [{ id: record.id, nodeIds }] : []
  })
}

/** Null where it is another fleet's, or has ended. */
async function openRecord(
  id: string,
  fleet: string,
  { objects, clock }: Pick<Services, 'objects' | 'clock'>,
): Promise<JobRecord | null> {
  const record = await readRecord(objects, id)
  if (record?.fleet !== fleet) return null
  const states = await readStates(record, objects)
  if (states.every(({ state }) => state?.phase === 'done')) return null
  const silent = states.every(({ state }) => state === null)
  return silent && clock.now() - record.submittedAt > SILENT_MS ? null : record
}

/** Ids of the nodes that some job holds. */
export function heldBy(jobs: readonly RunningJob[]): ReadonlySet<string> {
  return new Set(jobs.flatMap(({ nodeIds }) => nodeIds))
}
