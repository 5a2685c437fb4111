import { nearest } from '../../kit/nearest.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { layout, type LogStream } from '../../core/job/layout.ts'
import { parseRunnerState } from '../../core/job/parse-state.ts'
import type { JobRecord } from '../../core/job/record.ts'
import { followJob } from '../job/follow.ts'
import { newestJobs, readRecord, runnersOf } from '../job/records.ts'
import type { LogsRequest } from '../requests.ts'
import type { Services } from '../services.ts'
import { readStream } from './stream-reader.ts'

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
  const record = await findJob(request.job, services)
  const sources = sourcesOf(request, record)
  const streams: LogStream[] = request.stream === null ? ['stdout', 'stderr'] : [request.stream]
  const wanted = (source: string, stream: LogStream) => sources.includes(source) && streams.includes(stream)
  if (request.follow) {
    const output = {
      write: async (chunk: Parameters<typeof request.output.write>[0]) =>
        wanted(chunk.source, chunk.stream) ? request.output.write(chunk) : undefined,
    }
    const extra = request.rank === null ? [] : sources
    const end = await followJob(record, { output, extraSources: extra, signal: services.interrupts.signal }, services)
    return { job: record.id, exitCode: end?.verdict.exitCode ?? null }
  }
  for (const source of sources) {
    for (const stream of streams) {
      await readStream(services.objects, record.id, source, stream, request.output).poll(services.interrupts.signal)
    }
  }
  return { job: record.id, exitCode: await exitCodeOf(record, services) }
}

async function findJob(wanted: string | null, { objects }: Services): Promise<JobRecord> {
  const newest = await newestJobs(objects, wanted === null ? 1 : 1000)
  const id = wanted ?? newest[0]
  if (id === undefined) {
    throw new MusterError('JobUnknown', 'there is no job yet', { suggestions: ['muster run jobs/hello.yaml'] })
  }
  const record = newest.includes(id) ? await readRecord(objects, id) : null
  if (record) return record
  const near = nearest(id, newest)
  throw new MusterError('JobUnknown', `there is no job ${id}`, {
    suggestions: near.length > 0 ? near.map((other) => `muster logs ${other}`) : ['muster status'],
  })
}

function sourcesOf(request: LogsRequest, record: JobRecord): string[] {
  const { rank, node } = request
  if (rank !== null) {
    const ranks = record.hosts.length * record.spec.tasksPerNode
    if (rank >= ranks) {
      throw new MusterError('UsageInvalid', `job ${record.id} has ranks 0 to ${ranks - 1}, no rank ${rank}`, {
        suggestions: [`--rank ${ranks - 1}`],
      })
    }
    return record.spec.launcher === 'mpi'
      ? [`rank-${rank}`]
      : [record.hosts[Math.floor(rank / record.spec.tasksPerNode)]?.name ?? '']
  }
  const names = runnersOf(record).map((host) => host.name)
  if (node === null) return names
  if (names.includes(node)) return [node]
  const ranks = ranksOn(node, record)
  if (ranks.length > 0) return ranks
  const known = record.hosts.map((host) => host.name)
  throw new MusterError('UsageInvalid', `job ${record.id} ran on ${known.join(', ')}, not on ${node}`, {
    suggestions: nearest(node, known).map((name) => `--node ${name}`),
  })
}

/** mpi output of a node that is not the lead exists rank by rank. */
function ranksOn(node: string, { hosts, spec }: JobRecord): string[] {
  const index = hosts.findIndex((host) => host.name === node)
  if (index < 0) return []
  return Array.from({ length: spec.tasksPerNode }, (_, task) => `rank-${index * spec.tasksPerNode + task}`)
}

async function exitCodeOf(record: JobRecord, { objects }: Services): Promise<number | null> {
  const codes = await Promise.all(
    runnersOf(record).map(async ({ name }) => {
      const bytes = await objects.getBytes(layout.state(record.id, name))
      const state = bytes ? parseRunnerState(new TextDecoder().decode(bytes)) : null
      return state?.phase === 'done' ? state.exitCode : null
    }),
  )
  if (codes.includes(null)) return null
  return codes.find((code) => code !== 0) ?? 0
}
