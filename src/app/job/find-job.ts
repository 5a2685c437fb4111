import { nearest } from '../../kit/nearest.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { isBatch, isJobId, nameIn } from '../../core/job/id.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { Services } from '../services.ts'
import { newestJobs, readRecord } from './records.ts'
import { readTaskRecord } from './task-record.ts'

/**
 * A job of the bucket by its id, the newest of a name, or the newest of all. `command` (`muster logs`) is what the error suggests with ids that exist.
 *
 * @throws MusterError JobUnknown with the nearest ids.
 */
export async function findJob(wanted: string | null, command: string, { objects }: Services): Promise<JobRecord> {
  const named = wanted === null || !isJobId(wanted)
  const newest = named ? await newestJobs(objects, 1000) : []
  const id = newest.find((known) => !isBatch(known) && [null, nameIn(known)].includes(wanted)) ?? wanted
  if (id === null) {
    throw new MusterError('JobUnknown', 'there is no job yet', { suggestions: ['muster run -- hostname'] })
  }
  const record = isJobId(id) ? ((await readRecord(objects, id)) ?? (await readTaskRecord(objects, id))) : null
  if (record) return record
  const near = nearest(id, await newestJobs(objects, 1000))
  throw new MusterError('JobUnknown', `there is no job ${id}`, {
    suggestions: near.length > 0 ? near.map((other) => `${command} ${other}`) : ['muster status'],
  })
}
