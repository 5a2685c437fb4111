import { judgeJob, type JobView, type Verdict } from '../../core/job/judge.ts'
import type { JobRecord, RunnerState } from '../../core/job/record.ts'
import type { OutputSink } from '../../ports/output-sink.ts'
import { streamsOf, type StreamName } from '../logs/streams.ts'
import { readStream, type StreamReader } from '../logs/stream-reader.ts'
import type { Services } from '../services.ts'
import { watchNodes } from './node-watch.ts'
import { runnersOf } from './records.ts'
import { watchRunners } from './runner-watch.ts'
import { readState } from './states.ts'

/**
 * A node's death ends the others by themselves, with their own messages: mpirun and torchrun notice a lost connection. This long
 * is waited for that, in milliseconds, before they have to be ended.
 */
const AFTER_LOSS_MS = { mpi: 30_000, torchrun: 30_000, shell: 5_000 } as const
/** What still runs so long after it was asked to end is waited for no longer, in milliseconds. */
const AFTER_ASKING_MS = 30_000
/** A runner that says "done" has sent everything; what is still not there after this long, in milliseconds, will not come. */
const AFTER_END_MS = 30_000

/** What one look at a job has shown. */
export interface Glance {
  readonly verdict: Verdict
  /** Bytes of output that were new. */
  readonly fresh: number
  /** True when no more output will come. */
  readonly complete: boolean
  /** True when a node has died and the others have not ended by themselves, or when what a killed runner left still runs. */
  readonly hasSurvivors: boolean
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
  wanted: readonly StreamName[] | null,
  output: OutputSink,
  services: Services,
): JobSight {
  const { objects, events, clock } = services
  const hosts = runnersOf(record)
  const readers = (wanted ?? streamsOf(hosts.map((host) => host.name))).map(({ source, stream }) =>
    readStream(objects, record.id, source, stream, output),
  )
  const states = new Map<string, RunnerState>()
  const watch = watchNodes(record, services, (host) => states.get(host)?.updatedAt ?? null)
  const runners = watchRunners(record, services)
  const noticed = new Set<string>()
  const sayNotices = () => {
    for (const { notice } of states.values()) {
      if (notice === null || noticed.has(notice.node)) continue
      noticed.add(notice.node)
      events.emit('node.reclaimed', { job: record.id, ...notice })
    }
  }
  const since = { loss: null as number | null, end: null as number | null }
  const isOver = (start: number | null, ms: number) => start !== null && clock.now() - start > ms

  const look = async (signal?: AbortSignal): Promise<Glance> => {
    // States first: what is in the bucket when a runner says "done" is all that there will be.
    const open = hosts.filter((host) => states.get(host.name)?.phase !== 'done')
    await Promise.all(
      open.map(async ({ name }) => {
        const state = await readState(objects, record, name)
        if (state) states.set(name, state)
      }),
    )
    const fresh = await Promise.all(readers.map((reader) => reader.poll(signal)))
    sayNotices()
    const killed = runners.lost(open, (host) => states.get(host)?.updatedAt ?? null)
    const lost = [...(await watch.lost()), ...killed]
    if (lost.length > 0) since.loss ??= clock.now()
    const view = { states: hosts.map(({ name }) => ({ host: name, state: states.get(name) ?? null })), lost }
    const patienceMs = AFTER_LOSS_MS[record.spec.launcher]
    const verdict = judgeJob(isOver(since.loss, patienceMs + AFTER_ASKING_MS) ? giveUp(view) : view)
    if (verdict.kind === 'ended') since.end ??= clock.now()
    const complete =
      lost.length > 0 || isOver(since.end, AFTER_END_MS) || readers.every((each) => isWhole(each, states))
    const hasSurvivors = killed.length > 0 || (verdict.kind === 'running' && isOver(since.loss, patienceMs))
    return { verdict, fresh: fresh.reduce((sum, bytes) => sum + bytes, 0), complete, hasSurvivors }
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

/** Ranks' streams have no size of their own in the state: they are a copy of what the nodes' streams have. */
function isWhole(reader: StreamReader, states: ReadonlyMap<string, RunnerState>): boolean {
  return reader.offset() >= (states.get(reader.source)?.logBytes?.[reader.stream] ?? 0)
}

/** When a node has died and other runners do not end, though they were asked to, they are waited for no longer. */
function giveUp(view: JobView): JobView {
  const open = view.states.filter(
    ({ host, state }) => state?.phase !== 'done' && !view.lost.some((dead) => dead.host === host),
  )
  const given = open.map(({ host }) => ({ host, reason: 'did not end after that', isAlive: true }))
  return { ...view, lost: [...view.lost, ...given] }
}
