import type { LimitHit } from '../cost/limit-hit.ts'
import type { FailingPhase } from '../job/job-failure.ts'
import type { JobPhase } from '../job/record.ts'

/** Why an attempt ended other than by the program's own success: what the retry policy goes by. */
export type EndCause = 'exit' | 'node' | 'spot' | 'time-limit' | 'cancelled'

export type TaskOutcome = 'done' | 'failed' | 'cancelled' | 'time-limit' | 'lost'

/** One node of an allocation, as it was when the task was placed. */
export interface PlacedNode {
  readonly id: string
  /** Its name in the job, `node-0`. */
  readonly name: string
  readonly ip: string
}

/**
 * What happened to a task, in order; nothing else is kept of it. `at` is in milliseconds since the epoch. `attempt` counts from 1.
 */
export type TaskEvent =
  | { readonly type: 'submitted'; readonly at: number; readonly held: boolean }
  | { readonly type: 'held'; readonly at: number }
  | { readonly type: 'released'; readonly at: number }
  /** Its nodes are its own from here on. Written before anything is asked of them. */
  | {
      readonly type: 'placed'
      readonly at: number
      readonly attempt: number
      /** What it is called on the nodes and in the bucket. */
      readonly run: string
      /** The tasks that its node was given it with, by their common name; none where it has its nodes for itself. */
      readonly batch?: string
      readonly cohort: string
      readonly nodes: readonly PlacedNode[]
    }
  /** The nodes have taken it on. */
  | { readonly type: 'started'; readonly at: number; readonly attempt: number }
  | { readonly type: 'phase'; readonly at: number; readonly attempt: number; readonly phase: JobPhase }
  /** Nobody can see it any more; that ends nothing. */
  | { readonly type: 'lost-sight'; readonly at: number; readonly attempt: number; readonly why: string }
  | { readonly type: 'seen'; readonly at: number; readonly attempt: number }
  /** Spot will take one of its nodes, `node` by instance id, at `until`. It goes on until then, or ends by itself. */
  | {
      readonly type: 'noticed'
      readonly at: number
      readonly attempt: number
      readonly node: string
      readonly until: number
    }
  | {
      readonly type: 'attempt-ended'
      readonly at: number
      readonly attempt: number
      readonly outcome: TaskOutcome
      /** Null where no program ended. */
      readonly exitCode: number | null
      readonly message: string
      readonly cause: EndCause | null
      /** The node that is to blame, where one is. */
      readonly node: string | null
      /** In which phase it failed; null for every other end. */
      readonly failedIn: FailingPhase | null
    }
  /** Back to the queue, not before a time. `cause` and `node` are those of the attempt's end. */
  | {
      readonly type: 'requeued'
      readonly at: number
      readonly attempt: number
      readonly notBefore: number
      readonly cause: EndCause
      readonly node: string | null
    }
  /** `hit` is the limit that asked for it; left out where somebody did. */
  | { readonly type: 'cancel-asked'; readonly at: number; readonly hit?: LimitHit }
  /** By `muster retry`: counts its attempts on, but its retries from nothing. */
  | { readonly type: 'retried'; readonly at: number }
  | {
      readonly type: 'finished'
      readonly at: number
      readonly outcome: TaskOutcome
      readonly exitCode: number | null
      readonly message: string
    }

export type TaskEventType = TaskEvent['type']
