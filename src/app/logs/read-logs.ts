import { judgeJob } from '../../core/job/judge.ts'
import { findJob } from '../job/find-job.ts'
import { followJob } from '../job/follow.ts'
import { readStates } from '../job/states.ts'
import type { LogsRequest } from '../requests.ts'
import type { Services } from '../services.ts'
import { sourcesOf } from './sources.ts'
import { readStream } from './stream-reader.ts'
import { streamsOf } from './streams.ts'

/**
 * Reads a job's output from the bucket: as far as it is there, or with `follow` until the job has ended. Works while the job runs,
 * after its fleet is gone, and from any laptop.
 *
 * @throws MusterError JobUnknown with the nearest ids.
 */
export async function readLogs(
  request: LogsRequest,
  services: Services,
): Promise<{ job: string; exitCode: number | null }> {
  const { objects, interrupts } = services
  const { output, follow } = request
  const record = await findJob(request.job, 'muster logs', services)
  const streams = streamsOf(sourcesOf(request, record), request.stream)
  if (follow) {
    const end = await followJob(record, { output, streams, signal: interrupts.signal }, services)
    return { job: record.id, exitCode: end?.verdict.exitCode ?? null }
  }
  for (const { source, stream } of streams) {
    await readStream(objects, record.id, source, stream, output).poll(interrupts.signal)
  }
  const verdict = judgeJob({ states: await readStates(record, objects), lost: [] })
  return { job: record.id, exitCode: verdict.kind === 'ended' ? verdict.exitCode : null }
}
