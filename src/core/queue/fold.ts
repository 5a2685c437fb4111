import type { TaskEvent, TaskEventType } from './task-event.ts'
import { hasEnded, lastAttempt, UNBORN, type AttemptView, type TaskView } from './task-view.ts'

/** Where a task stands after its whole history. */
export function viewTask(history: readonly TaskEvent[]): TaskView {
  return history.reduce(nextView, UNBORN)
}

/**
 * One event more. Total: an event that does not belong here (of an attempt that is over, after the end) changes nothing but the
 * version, so that a history that two writers made can always be read.
 */
export function nextView(view: TaskView, event: TaskEvent): TaskView {
  return { ...applied(view, event), version: view.version + 1 }
}

type Applies = { readonly [T in TaskEventType]: (view: TaskView, event: TaskEvent & { readonly type: T }) => TaskView }

const APPLIES: Applies = {
  submitted: (view, { at, held }) => ({
    ...view,
    state: held ? 'held' : 'waiting',
    submittedAt: at,
    waitingSince: at,
  }),
  held: (view) => (view.state === 'waiting' ? { ...view, state: 'held' } : view),
  released: (view, { at }) => (view.state === 'held' ? { ...view, state: 'waiting', waitingSince: at } : view),
  placed: (view, { at, attempt, run, batch = null, cohort, nodes }) => {
    if (view.state !== 'waiting' || attempt !== (lastAttempt(view)?.attempt ?? 0) + 1) return view
    const born: AttemptView = { ...UNTOLD, attempt, run, batch, cohort, nodes, placedAt: at }
    return { ...view, state: 'placed', phase: null, attempts: [...view.attempts, born] }
  },
  started: ofAttempt((view, { at }) => withAttempt({ ...view, state: 'running' }, { startedAt: at })),
  phase: ofAttempt((view, { phase }) => ({ ...view, state: 'running', phase, unknownSince: null })),
  'lost-sight': ofAttempt((view, { at }) => ({ ...view, unknownSince: view.unknownSince ?? at })),
  noticed: ofAttempt((view, { node, until }) => withAttempt(view, { notice: { node, until } })),
  seen: ofAttempt((view) => ({ ...view, unknownSince: null })),
  'attempt-ended': ofAttempt((view, { at, outcome, exitCode, message, cause, node, failedIn }) =>
    withAttempt({ ...view, unknownSince: null }, { endedAt: at, outcome, exitCode, message, cause, node, failedIn }),
  ),
  requeued: (view, { at, notBefore }) =>
    lastAttempt(view)?.endedAt === null
      ? view
      : { ...view, state: 'waiting', phase: null, waitingSince: at, notBefore },
  'cancel-asked': (view, { hit }) => ({ ...view, cancelAsked: true, endedBy: hit ?? null }),
  // Those that have not ended have nothing to be begun again.
  retried: (view) => view,
  finished: (view, { at, outcome, exitCode, message }) => ({
    ...view,
    state: outcome,
    phase: null,
    endedAt: at,
    exitCode,
    message,
    unknownSince: null,
  }),
}

function applied(view: TaskView, event: TaskEvent): TaskView {
  if (hasEnded(view)) return event.type === 'retried' ? retried(view, event.at) : view
  const apply = APPLIES[event.type] as (before: TaskView, one: TaskEvent) => TaskView
  return apply(view, event)
}

const UNTOLD = {
  startedAt: null,
  endedAt: null,
  outcome: null,
  exitCode: null,
  message: '',
  cause: null,
  node: null,
  failedIn: null,
  notice: null,
} satisfies Partial<AttemptView>

/** What is said of an attempt counts while it is the newest and has not ended. */
function ofAttempt<E extends { readonly attempt: number }>(apply: (view: TaskView, event: E) => TaskView) {
  return (view: TaskView, event: E): TaskView => {
    const last = lastAttempt(view)
    return last !== null && last.attempt === event.attempt && last.endedAt === null ? apply(view, event) : view
  }
}

function retried(view: TaskView, at: number): TaskView {
  return {
    ...view,
    state: 'waiting',
    phase: null,
    waitingSince: at,
    notBefore: 0,
    cancelAsked: false,
    endedBy: null,
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
