import type { QueuedTask } from './eligible.ts'
import type { PlacedNode, TaskEvent } from './task-event.ts'

/** An attempt that is to be begun on its nodes. */
export interface Start {
  readonly run: string
  readonly cohort: string
  readonly fleet: string
  readonly nodes: readonly PlacedNode[]
  readonly task: QueuedTask
  readonly placed: TaskEvent & { readonly type: 'placed' }
}
