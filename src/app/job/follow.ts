import { backoffMs } from '../../kit/backoff.ts'
import type { Verdict } from '../../core/job/judge.ts'
import { PATIENCE } from '../../core/plan/patience.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { OutputSink } from '../../ports/output-sink.ts'
import type { StreamName } from '../logs/streams.ts'
import { patient } from '../patience.ts'
import type { Services } from '../services.ts'
import { sightOf } from './sight.ts'

export interface FollowOptions {
  readonly output: OutputSink
  /** Which streams to read; by default those of all hosts that have a runner. */
  readonly streams?: readonly StreamName[]
  /** Called once where a node has died and the others do not end by themselves: whoever owns the job ends them. */
  readonly onSurvivors?: () => Promise<unknown>
  /** Called between rounds; what it returns ends the following without ending the job. */
  readonly pause?: () => Promise<'go-on' | 'leave'>
  readonly signal?: AbortSignal
}

export interface JobEnd {
  readonly verdict: Verdict & { readonly kind: 'ended' }
  /** Hosts whose outputs are in the bucket, with the archives' bytes. */
  readonly outputs: readonly { readonly host: string; readonly bytes: number }[]
}

/**
 * Reads a job's output and state until it has ended and every byte of its output has been read. Resolves with null where `pause`
 * said to leave.
 */
export async function followJob(
  record: JobRecord,
  { output, streams, onSurvivors, pause, signal }: FollowOptions,
  services: Services,
): Promise<JobEnd | null> {
  const { events, clock, ids, cloud } = services
  const sight = sightOf(record, streams ?? null, output, services)
  const shape = { firstMs: cloud.pollMs.first, factor: 1.3, maxMs: Math.max(cloud.pollMs.first, cloud.logIntervalMs) }
  const sightless = patient(
    PATIENCE[cloud.name].followingMs,
    ['CloudUnreachable', 'Throttled', 'CredentialsExpired'],
    services,
  )
  let phase = ''
  let quiet = 0
  let asked = false
  for (;;) {
    signal?.throwIfAborted()
    if ((await pause?.()) === 'leave') return null
    // Losing sight of a job never ends it, and its output is read on from where it was.
    const seen = await sight.look(signal).catch(async (error: unknown) => sightless.bear(error, signal))
    if (seen === null) continue
    sightless.relieved()
    const { verdict, fresh, complete, hasSurvivors } = seen
    const now = verdict.kind === 'running' ? verdict.phase : 'done'
    if (now !== phase) {
      events.emit('job.phase', { job: record.id, phase: now, sinceMs: clock.now() - record.submittedAt })
    }
    phase = now
    if (hasSurvivors && !asked) {
      asked = true
      // Not waited for: a node that cannot be asked keeps its answer back for long, and the reading goes on.
      onSurvivors?.().catch(() => undefined)
    }
    if (verdict.kind === 'ended' && complete) {
      sight.reportLosses()
      return { verdict, outputs: sight.outputs() }
    }
    quiet = fresh > 0 ? 0 : quiet + 1
    await clock.sleep(backoffMs(shape, quiet, ids.random()), signal)
  }
}
