import { sayHit } from '../cost/limit-hit.ts'
import type { JobPhase } from '../job/record.ts'
import type { Verdict } from '../job/judge.ts'
import { afterEnd } from './after-end.ts'
import { nextView } from './fold.ts'
import type { NodeNotice } from './node-notice.ts'
import type { QueuedTask } from './eligible.ts'
import type { EndCause, TaskEvent } from './task-event.ts'
import { lastAttempt, type AttemptView } from './task-view.ts'

/** What was seen of the newest attempt of a task. */
export type AttemptSight =
  /** Its nodes live, and none has said anything of it yet. */
  | { readonly kind: 'silent' }
  /** Its node has it, and runs others first. `saidAt` is when it said so, by its own clock. */
  | { readonly kind: 'queued'; readonly saidAt: number }
  | {
      readonly kind: 'running'
      readonly phase: JobPhase
      readonly notice: NodeNotice | null
      readonly saidAt: number
    }
  | {
      readonly kind: 'ended'
      readonly verdict: Verdict & { readonly kind: 'ended' }
      /** True where a node of it died, and where it was Spot that took it. */
      readonly hasLostNode: boolean
      readonly isReclaimed: boolean
      readonly notice: NodeNotice | null
      /** The node that died, or on which it failed; null where no node is to blame. */
      readonly node: string | null
      /** How long its program took, in milliseconds; null where no node says so. */
      readonly tookMs: number | null
    }
  /** Neither its state nor its nodes could be read: that ends nothing. */
  | { readonly kind: 'unseen'; readonly why: string }

/** A program that fails so long after its node was to be taken, in milliseconds, does not do so because of the notice. */
const AFTER_NOTICE_MS = 300_000
/** After this long without any sight of it a task is shown as unknown, in milliseconds. */
const UNSEEN_MS = 60_000
/** So long a task may wait on its node before its history says so: most begin sooner. In milliseconds after its placing. */
const QUEUED_MS = 30_000
/** A run of which no node ever says anything will not come any more, in milliseconds after its placing. */
const SILENT_MS = 600_000

/** What a sight adds to a task's history: nothing where all is known already; with an end also what follows from it. */
export function eventsOf(task: QueuedTask, sight: AttemptSight, lastSeenAt: number, now: number): TaskEvent[] {
  const { view } = task
  const last = lastAttempt(view)
  if (last === null || last.endedAt !== null) return []
  const { attempt } = last
  if (sight.kind === 'unseen') {
    const isNew = view.unknownSince === null && now - lastSeenAt > UNSEEN_MS
    return isNew ? [{ type: 'lost-sight', at: lastSeenAt, attempt, why: sight.why }] : []
  }
  if (sight.kind === 'silent') return now - last.placedAt > SILENT_MS ? neverBegan(task, attempt, now) : []
  const seen: TaskEvent[] = view.unknownSince === null ? [] : [{ type: 'seen', at: now, attempt }]
  if (sight.kind !== 'queued' && sight.notice && !last.notice) {
    seen.push({ type: 'noticed', at: now, attempt, ...sight.notice })
  }
  if (sight.kind !== 'ended') {
    const phase = phaseOf(sight, now - last.placedAt)
    return phase === null || phase === view.phase ? seen : [...seen, { type: 'phase', at: now, attempt, phase }]
  }
  return [...seen, ...withWhatFollows(task, endOfAttempt(task, sight, last, now))]
}

function endOfAttempt(
  { view }: QueuedTask,
  sight: AttemptSight & { readonly kind: 'ended' },
  last: AttemptView,
  now: number,
): TaskEvent {
  const { outcome, exitCode, failure } = sight.verdict
  const limit = outcome === 'cancelled' ? view.endedBy : null
  const notice = last.notice ?? sight.notice
  const cause = causeOf(sight, notice !== null && now < notice.until + AFTER_NOTICE_MS)
  return {
    type: 'attempt-ended',
    at: now,
    attempt: last.attempt,
    outcome,
    exitCode: outcome === 'lost' ? null : exitCode,
    message: limit ? `ended at ${sayHit(limit)}` : sight.verdict.message,
    cause,
    node: cause === 'spot' && notice !== null ? notice.node : sight.node,
    failedIn: failure?.phase ?? null,
  }
}

/** Null where it is not worth saying. */
function phaseOf(sight: AttemptSight & { readonly kind: 'queued' | 'running' }, sinceMs: number): JobPhase | null {
  if (sight.kind === 'running') return sight.phase
  return sinceMs > QUEUED_MS ? 'staging' : null
}

function neverBegan(task: QueuedTask, attempt: number, at: number): TaskEvent[] {
  const message = 'its nodes never said anything of it'
  const loss = { outcome: 'lost', exitCode: null, message, cause: 'node', node: null, failedIn: null } as const
  return withWhatFollows(task, { type: 'attempt-ended', at, attempt, ...loss })
}

function withWhatFollows({ view, job }: QueuedTask, ended: TaskEvent): TaskEvent[] {
  const follows = afterEnd(nextView(view, ended), job.retries, ended.at)
  return follows === null ? [ended] : [ended, follows]
}

/**
 * A program that was told that its node is about to be taken, and then ends with anything but 0, ends because of that, whatever its exit
 * code: it has saved what it could. One that ends with 0 is done. A program that spans nodes fails on those that live.
 */
function causeOf(sight: AttemptSight & { readonly kind: 'ended' }, wasTold: boolean): EndCause | null {
  const { outcome } = sight.verdict
  if (outcome === 'done') return null
  if (outcome !== 'failed' && outcome !== 'lost') return outcome
  if (sight.isReclaimed || wasTold) return 'spot'
  return outcome === 'lost' || sight.hasLostNode ? 'node' : 'exit'
}
