import { nearest } from '../../kit/nearest.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { isBatch, isJobId } from '../../core/job/id.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { Services } from '../services.ts'
import { newestJobs, readRecord } from './records.ts'
import { readTaskRecord } from './task-record.ts'

/**
 * A job of the bucket by its id, or the newest one. `command` (`muster logs`) is what the error suggests with ids that exist.
 *
 * @throws MusterError JobUnknown with the nearest ids.
 */
export async function findJob(wanted: string | null, command: string, { objects }: Services): Promise<JobRecord> {
  const id = wanted ?? (await newestJobs(objects, 1000)).find((known) => !isBatch(known))
  if (id === undefined) {
    throw new MusterError('JobUnknown', 'there is no job yet', { suggestions: ['muster run -- hostname'] })
  }
  const record = isJobId(id) ? ((await readRecord(objects, id)) ?? (await readTaskRecord(objects, id))) : null
  if (record) return record
  const near = nearest(id, await newestJobs(objects, 1000))
  throw new MusterError('JobUnknown', `there is no job ${id}`, {
    suggestions: near.length > 0 ? near.map((other) => `${command} ${other}`) : ['muster status'],
  })
}
