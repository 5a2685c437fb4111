import { judgeJob, type JobView, type Verdict } from '../../core/job/judge.ts'
import { layout } from '../../core/job/layout.ts'
import { parseRunnerState } from '../../core/job/parse-state.ts'
import type { JobRecord, RunnerState } from '../../core/job/record.ts'
import type { OutputSink } from '../../ports/output-sink.ts'
import { readStream, type StreamReader } from '../logs/stream-reader.ts'
import type { Services } from '../services.ts'
import { watchNodes } from './node-watch.ts'
import { runnersOf } from './records.ts'

/** A worker's death ends an mpi job by itself, with mpirun's own message; this long is waited for that, in milliseconds. */
const AFTER_LOSS_MS = 30_000
/** A runner that says "done" has sent everything; what is still not there after this long, in milliseconds, will not come. */
const AFTER_END_MS = 30_000

/** What one look at a job has shown. */
export interface Glance {
  readonly verdict: Verdict
  /** Bytes of output that were new. */
  readonly fresh: number
  /** True when no more output will come. */
  readonly complete: boolean
}

export interface JobSight {
  look(signal?: AbortSignal): Promise<Glance>
  /** Says what of the nodes' output never came. */
  reportLosses(): void
  /** Hosts whose outputs are in the bucket, with the archives' bytes. */
  outputs(): readonly { readonly host: string; readonly bytes: number }[]
}

/** Sees a job as the bucket and the cloud show it: its runners' states, its output, its nodes. */
export function sightOf(
  record: JobRecord,
  sources: readonly string[],
  output: OutputSink,
  services: Services,
): JobSight {
  const { objects, events, clock } = services
  const hosts = runnersOf(record)
  const names = [...hosts.map((host) => host.name), ...sources]
  const readers = names.flatMap((source) =>
    (['stdout', 'stderr'] as const).map((stream) => readStream(objects, record.id, source, stream, output)),
  )
  const states = new Map<string, RunnerState>()
  const watch = watchNodes(record, services, (host) => states.get(host)?.updatedAt ?? null)
  const since = { loss: null as number | null, end: null as number | null }
  const isOver = (start: number | null, ms: number) => start !== null && clock.now() - start > ms

  const look = async (signal?: AbortSignal): Promise<Glance> => {
    // States first: what is in the bucket when a runner says "done" is all that there will be.
    await Promise.all(hosts.map((host) => readState(record.id, host.name, states, services)))
    const fresh = await Promise.all(readers.map((reader) => reader.poll(signal)))
    const lost = await watch.lost()
    if (lost.length > 0) since.loss ??= clock.now()
    const view = { states: hosts.map(({ name }) => ({ host: name, state: states.get(name) ?? null })), lost }
    const verdict = judgeJob(isOver(since.loss, AFTER_LOSS_MS) ? blame(view) : view)
    if (verdict.kind === 'ended') since.end ??= clock.now()
    const complete =
      lost.length > 0 || isOver(since.end, AFTER_END_MS) || readers.every((each) => isWhole(each, states))
    return { verdict, fresh: fresh.reduce((sum, bytes) => sum + bytes, 0), complete }
  }
  return {
    look,
    reportLosses: () => {
      for (const reader of readers.filter(({ source }) => hosts.some((host) => host.name === source))) {
        if (states.get(reader.source)?.phase === 'done' && isWhole(reader, states)) continue
        const { source, stream } = reader
        events.emit('job.log-lost', { job: record.id, source, stream, atByte: reader.offset() })
      }
    },
    outputs: () =>
      [...states].flatMap(([host, state]) => (state.outputBytes === null ? [] : [{ host, bytes: state.outputBytes }])),
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

/** Ranks' streams have no size of their own in the state: they are a copy of what the nodes' streams have. */
function isWhole(reader: StreamReader, states: ReadonlyMap<string, RunnerState>): boolean {
  return reader.offset() >= (states.get(reader.source)?.logBytes?.[reader.stream] ?? 0)
}

/** When a node has died and the other runners do not end by themselves, they are lost to it too. */
function blame(view: JobView): JobView {
  const first = view.lost[0]?.host ?? ''
  const others = view.states.filter(({ host }) => !view.lost.some((dead) => dead.host === host))
  const reason = `it does not end although ${first} has died`
  return { ...view, lost: [...view.lost, ...others.map(({ host }) => ({ host, reason }))] }
}
