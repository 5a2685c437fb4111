import { join } from 'node:path'
import { MusterError } from '../../core/errors/muster-error.ts'
import { judgeJob } from '../../core/job/judge.ts'
import type { JobRecord } from '../../core/job/record.ts'
import { findJob } from '../job/find-job.ts'
import { runnersOf } from '../job/records.ts'
import { readStates } from '../job/states.ts'
import { readStream } from '../logs/stream-reader.ts'
import { streamsOf } from '../logs/streams.ts'
import type { ResultsRequest } from '../requests.ts'
import type { ResultsResult } from '../results/job.ts'
import type { Services } from '../services.ts'
import { fetchResults } from './fetch-results.ts'
import { keepLog } from './keep-log.ts'
import { savingResults } from './saving-results.ts'

/** A runner that has not said anything for so long, in milliseconds, has ended with its node: its heartbeat is 5 s. */
const SILENT_MS = 60_000

/**
 * Fetches the log and the outputs of a job that has ended once more: they stay in the bucket. Needs no fleet.
 *
 * @throws MusterError JobUnknown, JobStillRunning, DiskFull, TransferFailed.
 */
export async function fetchResultsAgain(request: ResultsRequest, services: Services): Promise<ResultsResult> {
  const { objects, clock, events, interrupts } = services
  const { signal } = interrupts
  const record = await findJob(request.job, 'muster results', services)
  const states = await readStates(record, objects)
  const silent = states.filter(({ state }) => state?.phase !== 'done')
  const lastWord = Math.max(record.submittedAt, ...states.map(({ state }) => state?.updatedAt ?? 0))
  if (silent.length > 0 && clock.now() - lastWord < SILENT_MS) throw stillRunning(record)
  for (const { host } of silent) {
    const message = `${host} never said that ${record.id} ended there: what it had sent until then is fetched`
    events.emit('warning', { message, hint: null })
  }
  const folder = join(request.into, record.id)
  const outputs = states.flatMap(({ host, state }) => (state?.outputBytes ? [{ host, bytes: state.outputBytes }] : []))
  const files = await savingResults(
    record.id,
    async () =>
      (await fetchLog(record, folder, services)) + (await fetchResults(record.id, outputs, folder, services, signal)),
  )
  events.emit('results.saved', { job: record.id, folder, files })
  const verdict = judgeJob({ states, lost: silent.map(({ host }) => ({ host, reason: 'it went silent' })) })
  return { job: record.id, exitCode: verdict.kind === 'ended' ? verdict.exitCode : null, folder, files }
}

/** The whole log as files; resolves with their number. */
async function fetchLog(record: JobRecord, folder: string, { objects, interrupts }: Services): Promise<number> {
  const hosts = runnersOf(record).map((host) => host.name)
  const log = await keepLog(folder, hosts.length > 1, { write: async () => undefined })
  try {
    for (const { source, stream } of streamsOf(hosts)) {
      await readStream(objects, record.id, source, stream, log).poll(interrupts.signal)
    }
  } catch (error) {
    await log.close().catch(() => undefined)
    throw error
  }
  return log.close()
}

function stillRunning(record: JobRecord): MusterError {
  return new MusterError('JobStillRunning', `job ${record.id} is still running: it has no results yet`, {
    suggestions: [`muster logs ${record.id} -f`],
  })
}
