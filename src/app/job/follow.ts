import { backoffMs } from '../../kit/backoff.ts'
import type { Verdict } from '../../core/job/judge.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { OutputSink } from '../../ports/output-sink.ts'
import type { Services } from '../services.ts'
import { sightOf } from './sight.ts'

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

/**
 * Reads a job's output and state until it has ended and every byte of its output has been read. Resolves with null where `pause`
 * said to leave.
 */
export async function followJob(
  record: JobRecord,
  { output, extraSources = [], pause, signal }: FollowOptions,
  services: Services,
): Promise<JobEnd | null> {
  const { events, clock, ids, cloud } = services
  const sight = sightOf(record, extraSources, output, services)
  const shape = { firstMs: cloud.pollMs.first, factor: 1.3, maxMs: Math.max(cloud.pollMs.first, cloud.logIntervalMs) }
  let phase = ''
  let quiet = 0
  for (;;) {
    signal?.throwIfAborted()
    if ((await pause?.()) === 'leave') return null
    const { verdict, fresh, complete } = await sight.look(signal)
    const now = verdict.kind === 'running' ? verdict.phase : 'done'
    if (now !== phase) {
      events.emit('job.phase', { job: record.id, phase: now, sinceMs: clock.now() - record.submittedAt })
    }
    phase = now
    if (verdict.kind === 'ended' && complete) {
      sight.reportLosses()
      return { verdict, outputs: sight.outputs() }
    }
    quiet = fresh > 0 ? 0 : quiet + 1
    await clock.sleep(backoffMs(shape, quiet, ids.random()), signal)
  }
}
