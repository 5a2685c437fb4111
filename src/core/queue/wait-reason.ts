import { keyOfHit, sayHit } from '../cost/limit-hit.ts'
import type { NotPlaced } from '../scheduling/input.ts'
import type { NotEligible } from './eligible.ts'

/** Why a task waits, as far as the store alone can tell, or the controller that leads. */
export type WaitReason =
  | NotEligible
  | NotPlaced
  /** Nobody leads the queue: nothing will happen. */
  | { readonly kind: 'no-controller' }
  /** Its nodes are coming. */
  | { readonly kind: 'nodes-coming'; readonly nodes: number }
  /** The fleet may not have so many nodes. */
  | { readonly kind: 'too-large'; readonly nodes: number; readonly most: number }
  /** Not by the schedule that is in force. */
  | { readonly kind: 'too-large-now'; readonly nodes: number; readonly most: number }
  | { readonly kind: 'no-capacity'; readonly message: string; readonly retryAt: number | null }
  /** Its nodes cannot be had for another reason than room: `hint` is what the error told to do. */
  | {
      readonly kind: 'fleet-blocked'
      readonly message: string
      readonly hint: string | null
      readonly retryAt: number
    }
  /** Too many of its nodes were found bad: none is launched until then. */
  | { readonly kind: 'bad-nodes'; readonly message: string; readonly until: number }
  | { readonly kind: 'spending-limit'; readonly message: string }
  /** It runs, and Spot is about to take one of its nodes. */
  | { readonly kind: 'spot-notice'; readonly node: string; readonly until: number }
  | { readonly kind: 'unknown-fleet'; readonly fleet: string }

type Clock = (at: number) => string
type Kind = WaitReason['kind']
type OfKind<K extends Kind> = WaitReason & { readonly kind: K }

const WORDS: { readonly [K in Kind]: (reason: OfKind<K>, clock: Clock) => string } = {
  held: () => 'held by its submitter',
  dependency: ({ job, on }) => `waits for ${job} to ${on === 'ok' ? 'be done' : 'end'}`,
  'dependency-failed': ({ job }) => `waits for ${job}, which was not done`,
  'at-once': ({ limit }) => `${limit} of its array run at once`,
  'not-before': ({ at }, clock) => `begun again at ${clock(at)}`,
  'no-cohort': ({ nodes, largest }) =>
    largest === 0 ? 'the fleet has no nodes yet' : `needs ${nodes} nodes together; the fleet has ${largest}`,
  'nodes-busy': ({ nodes, from }, clock) => `${plural(nodes)} busy, at the latest until ${clock(from)}`,
  'behind-others': () => 'others come first',
  'no-controller': () => 'nobody works the queue',
  'nodes-coming': ({ nodes }) => `${plural(nodes)} coming up`,
  'too-large': ({ nodes, most }) => `needs ${nodes} nodes; the fleet may have ${most}`,
  'too-large-now': ({ nodes, most }) => `needs ${nodes} nodes; by its schedules the fleet may have ${most} now`,
  'no-capacity': ({ message, retryAt }, clock) =>
    `AWS has no room: ${message}${retryAt === null ? '' : `; next try at ${clock(retryAt)}`}`,
  'fleet-blocked': ({ message, retryAt }, clock) => `${message}; next try at ${clock(retryAt)}`,
  limit: ({ hit }) => sayHit(hit),
  'bad-nodes': ({ message, until }, clock) => `${message}; next try at ${clock(until)}`,
  'spending-limit': ({ message }) => message,
  'spot-notice': ({ node, until }, clock) => `Spot takes ${node} at ${clock(until)}`,
  'unknown-fleet': ({ fleet }) => `no fleet is named ${fleet}`,
}

/** In plain words, short enough for a column. `clock` writes a time of day. */
export function sayReason(reason: WaitReason, clock: Clock): string {
  const say = WORDS[reason.kind] as (one: WaitReason, at: Clock) => string
  return say(reason, clock)
}

const ADVICE: { readonly [K in Kind]?: (reason: OfKind<K>, task: string) => string | null } = {
  held: (_, task) => `muster release ${task}`,
  dependency: ({ job }) => `muster job ${job}`,
  'dependency-failed': ({ job }) => `muster retry ${job}`,
  'no-controller': () => 'muster work --detach',
  'too-large': () => 'raise nodes.max of the fleet in muster.yaml',
  'too-large-now': () => 'raise max in scaling.schedules of the fleet in muster.yaml',
  'fleet-blocked': ({ hint }, task) => (hint === null ? null : adviceOnFleet(hint, task)),
  limit: ({ hit }) => `raise ${keyOfHit(hit)}`,
  'bad-nodes': () => 'muster status --nodes',
  'spending-limit': () => 'raise limits of the fleet in muster.yaml',
  'unknown-fleet': ({ fleet }) => `describe ${fleet} in muster.yaml under fleets`,
}

/** What to type to change that; null where there is nothing but to wait. */
export function adviceFor(reason: WaitReason, task: string): string | null {
  const advise = ADVICE[reason.kind] as ((one: WaitReason, of: string) => string | null) | undefined
  return advise?.(reason, task) ?? null
}

function plural(nodes: number): string {
  return nodes === 1 ? 'its node is' : `its ${nodes} nodes are`
}

/** A job keeps the description that it was submitted with: what has to be changed there is for a job that is submitted then. */
function adviceOnFleet(hint: string, task: string): string {
  return hint.endsWith('muster.yaml') ? `${hint}; then muster cancel ${task}, and submit it again` : hint
}
