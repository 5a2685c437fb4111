import { keyOfHit } from '../cost/limit-hit.ts'
import { sayEnd, sayRequeued, nodeNames } from './say-event.ts'
import { lastAttempt, type TaskView } from './task-view.ts'
import { adviceFor, sayReason, type WaitReason } from './wait-reason.ts'

export interface Why {
  readonly words: string
  /** What to type, or to change; null where there is nothing but to wait. */
  readonly next: string | null
}

export interface Around {
  /** What to name where the advice is for all tasks of the same answer; the task itself where it is left out. */
  readonly all?: string
  /** The jobs that have to be run again before this one, in that order. */
  readonly retryFirst?: readonly string[]
}

/** Why a task waits, runs or ended, in plain words. `reason` is why it waits, null where nobody knows; `clock` writes a time of day. */
export function sayWhy(
  name: string,
  view: TaskView,
  reason: WaitReason | null,
  clock: (at: number) => string,
  { all = name, retryFirst = [] }: Around = {},
): Why {
  if (view.state === 'held' || view.state === 'waiting') {
    if (reason !== null) return { words: `${again(view)}${sayReason(reason, clock)}`, next: adviceFor(reason, all) }
    return { words: `${again(view)}whoever works the queue has not looked at it yet`, next: null }
  }
  if (view.state === 'placed' || view.state === 'running') {
    return { words: `${onNodes(view)}${taken(view, clock)}${unknown(view, clock)}`, next: `muster logs ${name} -f` }
  }
  if (view.state === 'done') return { words: 'done', next: `muster results ${name}` }
  const words = sayEnd(view.state, view.exitCode, view.message)
  const where = lastAttempt(view)?.node ?? null
  const next = runAgain(view, { all, retryFirst })
  return next === null
    ? { words: `${words}${where === null ? '' : ` (on ${where})`}`, next: `muster logs ${name}` }
    : { words, next }
}

/** What to type to have it run again, where that is the answer; null where its log is. */
function runAgain(view: TaskView, { all, retryFirst }: Required<Around>): string | null {
  if (view.state === 'cancelled' && view.endedBy) return `raise ${keyOfHit(view.endedBy)}, then: muster retry ${all}`
  const neverRan = lastAttempt(view) === null || (view.state === 'cancelled' && retryFirst.length > 0)
  return neverRan ? retries([...retryFirst, all]) : null
}

/** A chain that is longer is better seen from its beginning. */
const MOST_RETRIES = 5

/** One that waits for what was not done would be ended again at once: that goes first. */
function retries(names: readonly string[]): string {
  return names.length > MOST_RETRIES ? `muster why ${names[0]}` : names.map((one) => `muster retry ${one}`).join(' && ')
}

/** `requeued: Spot took i-1; `: why a task that waits has been begun before. */
function again(view: TaskView): string {
  const last = lastAttempt(view)
  return last === null || last.cause === null || view.forgiven >= last.attempt
    ? ''
    : `${sayRequeued({ cause: last.cause, node: last.node })}; `
}

function taken(view: TaskView, clock: (at: number) => string): string {
  const notice = lastAttempt(view)?.notice
  return !notice ? '' : `; Spot takes ${notice.node} at ${clock(notice.until)}, and it goes on elsewhere`
}

function onNodes(view: TaskView): string {
  const last = lastAttempt(view)
  const where = last === null ? '' : ` on ${nodeNames(last.nodes)}`
  const what = view.state === 'placed' ? 'is starting' : 'runs'
  return `${what}${where}${view.cancelAsked ? ', and its end was asked for' : ''}`
}

function unknown({ unknownSince }: TaskView, clock: (at: number) => string): string {
  return unknownSince === null ? '' : `; not seen since ${clock(unknownSince)}, and left alone`
}
