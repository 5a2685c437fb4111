import { backoffMs } from '../../kit/backoff.ts'
import { judgeJob, type Verdict } from '../../core/job/judge.ts'
import { layout } from '../../core/job/layout.ts'
import { parseRunnerState } from '../../core/job/parse-state.ts'
import type { JobRecord, RunnerState } from '../../core/job/record.ts'
import type { OutputSink } from '../../ports/output-sink.ts'
import { readStream, type StreamReader } from '../logs/stream-reader.ts'
import type { Services } from '../services.ts'
import { watchNodes } from './node-watch.ts'
import { runnersOf } from './records.ts'

export interface FollowOptions {
  readonly output: OutputSink
  /** Streams to read beside the nodes' own: `rank-3`. */
  readonly extraSources?: readonly string[]
  /** Called between rounds; what it returns ends the following without ending the job. */
  readonly pause?: () => Promise<'go-on' | 'leave'>
  readonly signal?: AbortSignal
}

export interface JobEnd {
  readonly verdict: Verdict & { readonly kind: 'ended' }
  /** Hosts whose outputs are in the bucket, with the archives' bytes. */
  readonly outputs: readonly { readonly host: string; readonly bytes: number }[]
}

/** A worker's death ends an mpi job by itself, with mpirun's own message; this long is waited for that, in milliseconds. */
const AFTER_LOSS_MS = 30_000
/** A runner that says "done" has sent everything; what is still not there after this long, in milliseconds, will not come. */
const AFTER_END_MS = 30_000

/**
 * Reads a job's output and state until it has ended and every byte of its output has been read. Resolves with null where `pause`
 * said to leave.
 */
export async function followJob(record: JobRecord, options: FollowOptions, services: Services): Promise<JobEnd | null> {
  const { objects, events, clock, ids, cloud } = services
  const hosts = runnersOf(record)
  const sources = [...hosts.map((host) => host.name), ...(options.extraSources ?? [])]
  const readers = sources.flatMap((source) =>
    (['stdout', 'stderr'] as const).map((stream) => readStream(objects, record.id, source, stream, options.output)),
  )
  const states = new Map<string, RunnerState>()
  const watch = watchNodes(record, services, (host) => states.get(host)?.updatedAt ?? null)
  const shape = { firstMs: cloud.pollMs.first, factor: 1.3, maxMs: Math.max(cloud.pollMs.first, cloud.logIntervalMs) }
  let phase = ''
  let quiet = 0
  let lostAt: number | null = null
  let endedAt: number | null = null
  for (;;) {
    options.signal?.throwIfAborted()
    if ((await options.pause?.()) === 'leave') return null
    // States first: what is in the bucket when a runner says "done" is all that there will be.
    await Promise.all(hosts.map((host) => readState(record.id, host.name, states, services)))
    const news = await Promise.all(readers.map((reader) => reader.poll(options.signal)))
    const lost = await watch.lost()
    if (lost.length > 0) lostAt ??= clock.now()
    const overdue = lostAt !== null && clock.now() - lostAt > AFTER_LOSS_MS
    const view = { states: hosts.map(({ name }) => ({ host: name, state: states.get(name) ?? null })), lost }
    const verdict = judgeJob(overdue ? { ...view, lost: [...lost, ...blame(view, lost)] } : view)
    const now = verdict.kind === 'running' ? verdict.phase : 'done'
    if (now !== phase)
      events.emit('job.phase', { job: record.id, phase: now, sinceMs: clock.now() - record.submittedAt })
    phase = now
    if (verdict.kind === 'ended') {
      endedAt ??= clock.now()
      if (allRead(readers, states) || lost.length > 0 || clock.now() - endedAt > AFTER_END_MS) {
        reportLosses(record, readers, states, services)
        return { verdict, outputs: outputsOf(states) }
      }
    }
    quiet = news.some((bytes) => bytes > 0) ? 0 : quiet + 1
    await clock.sleep(backoffMs(shape, quiet, ids.random()), options.signal)
  }
}

async function readState(
  job: string,
  host: string,
  states: Map<string, RunnerState>,
  { objects }: Services,
): Promise<void> {
  if (states.get(host)?.phase === 'done') return
  const bytes = await objects.getBytes(layout.state(job, host))
  const state = bytes ? parseRunnerState(new TextDecoder().decode(bytes)) : null
  if (state) states.set(host, state)
}

/** When a node has died and the other runners do not end by themselves, they are lost to it too. */
function blame(view: { states: readonly { host: string }[] }, lost: readonly { host: string }[]) {
  const first = lost[0]?.host ?? ''
  return view.states
    .filter(({ host }) => !lost.some((other) => other.host === host))
    .map(({ host }) => ({ host, reason: `it does not end although ${first} has died` }))
}

function allRead(readers: readonly StreamReader[], states: ReadonlyMap<string, RunnerState>): boolean {
  return readers.every((reader) => reader.offset() >= (states.get(reader.source)?.logBytes?.[reader.stream] ?? 0))
}

function reportLosses(
  record: JobRecord,
  readers: readonly StreamReader[],
  states: ReadonlyMap<string, RunnerState>,
  { events }: Services,
): void {
  for (const reader of readers) {
    const state = states.get(reader.source)
    // Ranks' streams have no size of their own in the state; they are a copy of what the nodes' streams have.
    if (!record.hosts.some((host) => host.name === reader.source)) continue
    if (state?.phase === 'done' && reader.offset() >= (state.logBytes?.[reader.stream] ?? 0)) continue
    events.emit('job.log-lost', {
      job: record.id,
      source: reader.source,
      stream: reader.stream,
      atByte: reader.offset(),
    })
  }
}

function outputsOf(states: ReadonlyMap<string, RunnerState>): JobEnd['outputs'] {
  return [...states].flatMap(([host, state]) =>
    state.outputBytes === null ? [] : [{ host, bytes: state.outputBytes }],
  )
}
