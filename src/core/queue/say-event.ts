import { sayHit } from '../cost/limit-hit.ts'
import type { EndCause, PlacedNode, TaskEvent, TaskEventType } from './task-event.ts'

type OfType<T extends TaskEventType> = TaskEvent & { readonly type: T }
type Clock = (at: number) => string

const WORDS: { readonly [T in TaskEventType]: (event: OfType<T>, clock: Clock) => string } = {
  submitted: ({ held }) => (held ? 'submitted, and held' : 'submitted'),
  held: () => 'held',
  released: () => 'released',
  placed: ({ attempt, nodes }) => `attempt ${attempt} is given ${nodeNames(nodes)}`,
  started: ({ attempt }) => `attempt ${attempt} has begun`,
  phase: ({ attempt, phase }) => `attempt ${attempt}: ${phase}`,
  'lost-sight': ({ attempt, why }) => `attempt ${attempt} is out of sight: ${why}`,
  seen: ({ attempt }) => `attempt ${attempt} is seen again`,
  noticed: ({ attempt, node, until }, clock) => `attempt ${attempt} is told that Spot takes ${node} at ${clock(until)}`,
  'attempt-ended': ({ attempt, outcome, exitCode, message, node }) =>
    `attempt ${attempt} ended: ${sayEnd(outcome, exitCode, message)}${node === null ? '' : ` (on ${node})`}`,
  requeued: (event, clock) =>
    event.notBefore > event.at ? `${sayRequeued(event)}; not before ${clock(event.notBefore)}` : sayRequeued(event),
  'cancel-asked': ({ hit }) => `its end was asked for${hit ? `: ${sayHit(hit)}` : ''}`,
  retried: () => 'to be run again, by muster retry',
  finished: ({ outcome, exitCode, message }) => `ended for good: ${sayEnd(outcome, exitCode, message)}`,
}

/** One event of a task's history in plain words. `clock` writes a time of day. */
export function sayTaskEvent(event: TaskEvent, clock: Clock): string {
  const say = WORDS[event.type] as (one: TaskEvent, at: Clock) => string
  return say(event, clock)
}

const CAUSES: { readonly [C in EndCause]?: (node: string | null) => string } = {
  exit: () => 'it failed',
  node: (node) => `${node ?? 'a node'} died`,
  spot: (node) => `Spot took ${node ?? 'a node'}`,
}

/** `requeued: Spot took i-1`: why a task waits again. */
export function sayRequeued({ cause, node }: { readonly cause: EndCause; readonly node: string | null }): string {
  const why = CAUSES[cause]?.(node)
  return why === undefined ? 'requeued' : `requeued: ${why}`
}

const OUTCOMES = {
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  'time-limit': 'ended by its time limit',
  lost: 'lost',
} as const

/** `failed, exit code 3: out of memory`: how something ended; exit code 0 of what is done goes without saying. */
export function sayEnd(outcome: keyof typeof OUTCOMES, exitCode: number | null, message: string): string {
  const code = exitCode === null || (exitCode === 0 && outcome === 'done') ? '' : `, exit code ${exitCode}`
  return `${OUTCOMES[outcome]}${code}${message === '' ? '' : `: ${message}`}`
}

/** `i-1, i-2, i-3 and 5 more`: the nodes of an allocation. */
export function nodeNames(nodes: readonly Pick<PlacedNode, 'id'>[]): string {
  const names = nodes.slice(0, 3).map((node) => node.id)
  return nodes.length > 3 ? `${names.join(', ')} and ${nodes.length - 3} more` : names.join(', ')
}
