import { exhaustive } from '../../kit/exhaustive.ts'
import type { JobPhase } from '../job/record.ts'
import type { EndCause, PlacedNode, TaskEvent, TaskOutcome } from './task-event.ts'

export type TaskState = 'held' | 'waiting' | 'placed' | 'running' | TaskOutcome

/** One attempt of a task. Times in milliseconds since the epoch. */
export interface AttemptView {
  readonly attempt: number
  readonly cohort: string
  readonly nodes: readonly PlacedNode[]
  readonly placedAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly outcome: TaskOutcome | null
  readonly exitCode: number | null
  readonly message: string
  readonly cause: EndCause | null
  readonly node: string | null
}

/** Where a task stands: a fold over its history. */
export interface TaskView {
  readonly state: TaskState
  readonly attempts: readonly AttemptView[]
  readonly phase: JobPhase | null
  readonly submittedAt: number
  /** Since when it has waited; of the last time. */
  readonly waitingSince: number
  /** Not to be placed before; 0 where it may be at any time. */
  readonly notBefore: number
  readonly cancelAsked: boolean
  /** Since when nobody could see it; null while it is seen. */
  readonly unknownSince: number | null
  /** The attempts that count for its retries begin after this many. */
  readonly forgiven: number
  readonly endedAt: number | null
  readonly exitCode: number | null
  readonly message: string
  /** How many events it is made of: what a conditional write goes by. */
  readonly version: number
}

export const UNBORN: TaskView = {
  state: 'waiting',
  attempts: [],
  phase: null,
  submittedAt: 0,
  waitingSince: 0,
  notBefore: 0,
  cancelAsked: false,
  unknownSince: null,
  forgiven: 0,
  endedAt: null,
  exitCode: null,
  message: '',
  version: 0,
}

/** True where nothing will happen to it any more, unless somebody asks for it. */
export function hasEnded({ state }: Pick<TaskView, 'state'>): boolean {
  return !(state === 'held' || state === 'waiting' || state === 'placed' || state === 'running')
}

/** True where it holds nodes. */
export function holdsNodes({ state }: Pick<TaskView, 'state'>): boolean {
  return state === 'placed' || state === 'running'
}

/** The newest attempt; null where there was none. */
export function lastAttempt({ attempts }: Pick<TaskView, 'attempts'>): AttemptView | null {
  return attempts.at(-1) ?? null
}

export function viewTask(history: readonly TaskEvent[]): TaskView {
  return history.reduce(nextView, UNBORN)
}

/**
 * One event more. Total: an event that does not belong here (of an attempt that is over, after the end) changes nothing but the
 * version, so that a history that two writers made can always be read.
 */
export function nextView(view: TaskView, event: TaskEvent): TaskView {
  const next = apply(view, event)
  return { ...next, version: view.version + 1 }
}

function apply(view: TaskView, event: TaskEvent): TaskView {
  if (hasEnded(view) && event.type !== 'retried') return view
  switch (event.type) {
    case 'submitted':
      return {
        ...view,
        state: event.held ? 'held' : 'waiting',
        submittedAt: event.at,
        waitingSince: event.at,
      }
    case 'held':
      return view.state === 'waiting' ? { ...view, state: 'held' } : view
    case 'released':
      return view.state === 'held' ? { ...view, state: 'waiting', waitingSince: event.at } : view
    case 'placed':
      return placed(view, event)
    case 'started':
      return isCurrent(view, event) ? withAttempt({ ...view, state: 'running' }, { startedAt: event.at }) : view
    case 'phase':
      return isCurrent(view, event) ? { ...view, state: 'running', phase: event.phase, unknownSince: null } : view
    case 'lost-sight':
      return isCurrent(view, event) ? { ...view, unknownSince: view.unknownSince ?? event.at } : view
    case 'seen':
      return isCurrent(view, event) ? { ...view, unknownSince: null } : view
    case 'attempt-ended':
      return isCurrent(view, event) ? attemptEnded(view, event) : view
    case 'requeued':
      return lastAttempt(view)?.endedAt === null
        ? view
        : { ...view, state: 'waiting', phase: null, waitingSince: event.at, notBefore: event.notBefore }
    case 'cancel-asked':
      return { ...view, cancelAsked: true }
    case 'retried':
      return hasEnded(view) ? retried(view, event.at) : view
    case 'finished':
      return {
        ...view,
        state: event.outcome,
        phase: null,
        endedAt: event.at,
        exitCode: event.exitCode,
        message: event.message,
        unknownSince: null,
      }
    default:
      return exhaustive(event)
  }
}

function isCurrent(view: TaskView, { attempt }: { readonly attempt: number }): boolean {
  const last = lastAttempt(view)
  return last !== null && last.attempt === attempt && last.endedAt === null
}

function placed(view: TaskView, event: TaskEvent & { readonly type: 'placed' }): TaskView {
  const last = lastAttempt(view)
  if (view.state !== 'waiting' || event.attempt !== (last?.attempt ?? 0) + 1) return view
  const attempt: AttemptView = {
    attempt: event.attempt,
    cohort: event.cohort,
    nodes: event.nodes,
    placedAt: event.at,
    startedAt: null,
    endedAt: null,
    outcome: null,
    exitCode: null,
    message: '',
    cause: null,
    node: null,
  }
  return { ...view, state: 'placed', phase: null, attempts: [...view.attempts, attempt] }
}

function attemptEnded(view: TaskView, event: TaskEvent & { readonly type: 'attempt-ended' }): TaskView {
  const { at, outcome, exitCode, message, cause, node } = event
  return withAttempt({ ...view, unknownSince: null }, { endedAt: at, outcome, exitCode, message, cause, node })
}

function retried(view: TaskView, at: number): TaskView {
  return {
    ...view,
    state: 'waiting',
    phase: null,
    waitingSince: at,
    notBefore: 0,
    cancelAsked: false,
    forgiven: view.attempts.length,
    endedAt: null,
    exitCode: null,
    message: '',
  }
}

function withAttempt(view: TaskView, change: Partial<AttemptView>): TaskView {
  const last = lastAttempt(view)
  return last === null ? view : { ...view, attempts: [...view.attempts.slice(0, -1), { ...last, ...change }] }
}
