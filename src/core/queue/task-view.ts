import type { LimitHit } from '../cost/limit-hit.ts'
import type { FailingPhase } from '../job/job-failure.ts'
import type { JobPhase } from '../job/record.ts'
import type { NodeNotice } from './node-notice.ts'
import type { EndCause, PlacedNode, TaskOutcome } from './task-event.ts'

export type TaskState = 'held' | 'waiting' | 'placed' | 'running' | TaskOutcome

/** One attempt of a task. Times in milliseconds since the epoch. */
export interface AttemptView {
  readonly attempt: number
  readonly run: string
  /** Null where it was not given to its node with others. */
  readonly batch: string | null
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
  readonly failedIn: FailingPhase | null
  /** The first of its nodes, by instance id, that Spot said it would take, and when; null where it said nothing. */
  readonly notice: NodeNotice | null
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
  /** The limit that asked for it; null where somebody did. */
  readonly endedBy: LimitHit | null
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
  endedBy: null,
  unknownSince: null,
  forgiven: 0,
  endedAt: null,
  exitCode: null,
  message: '',
  version: 0,
}

/** Those of tasks that something will still happen to. */
export const OPEN_STATES = ['held', 'waiting', 'placed', 'running'] as const satisfies readonly TaskState[]

/** True where nothing will happen to it any more, unless somebody asks for it. */
export function hasEnded({ state }: Pick<TaskView, 'state'>): boolean {
  return !OPEN_STATES.some((open) => open === state)
}

/** True where it holds nodes. */
export function holdsNodes({ state }: Pick<TaskView, 'state'>): boolean {
  return state === 'placed' || state === 'running'
}

/** The newest attempt; null where there was none. */
export function lastAttempt({ attempts }: Pick<TaskView, 'attempts'>): AttemptView | null {
  return attempts.at(-1) ?? null
}
