import type { Placement } from '../scheduling/input.ts'
import { batchName, runName, taskName } from './queued-job.ts'
import type { QueuedTask } from './eligible.ts'
import type { PlacedNode, TaskEvent } from './task-event.ts'
import { lastAttempt } from './task-view.ts'

/** What is begun together on the nodes: one task for itself, or several of one job that share a node. */
export interface Start {
  readonly run: string
  readonly cohort: string
  readonly fleet: string
  readonly nodes: readonly PlacedNode[]
  readonly isShared: boolean
  readonly tasks: readonly { readonly task: QueuedTask; readonly placed: TaskEvent & { readonly type: 'placed' } }[]
}

/** What the nodes of a fleet are called by, by instance id. */
export type AddressOf = (nodeId: string) => string

/** Placements as runs: tasks of one job that were placed on one node to share it are one run. */
export function startsOf(
  placements: readonly Placement[],
  tasks: ReadonlyMap<string, QueuedTask>,
  addressOf: AddressOf,
  now: number,
): Start[] {
  const groups = Map.groupBy(placements, (placement) => {
    const task = tasks.get(placement.task)
    return task?.job.share === true ? `${task.job.id} ${placement.nodeIds[0]}` : placement.task
  })
  return [...groups.values()].flatMap((group) => startOf(group, tasks, addressOf, now) ?? [])
}

function startOf(
  group: readonly Placement[],
  tasks: ReadonlyMap<string, QueuedTask>,
  addressOf: AddressOf,
  now: number,
): Start | null {
  const members = group.flatMap(({ task }) => tasks.get(task) ?? [])
  const [first] = members
  const [place] = group
  if (!first || !place) return null
  const run = first.job.share
    ? batchName(first.job.id, first.key.index, attemptOf(first))
    : runName(first.key, attemptOf(first))
  const nodes = place.nodeIds.map((id, rank) => ({ id, name: `node-${rank}`, ip: addressOf(id) }))
  const { cohort, fleet } = place
  const placed = (task: QueuedTask) =>
    ({ type: 'placed', at: now, attempt: attemptOf(task), run, cohort, nodes }) as const
  return {
    run,
    cohort,
    fleet,
    nodes,
    isShared: first.job.share,
    tasks: members.map((task) => ({ task, placed: placed(task) })),
  }
}

function attemptOf({ view }: QueuedTask): number {
  return (lastAttempt(view)?.attempt ?? 0) + 1
}

/** The same task by its name. */
export function byName(tasks: readonly QueuedTask[]): Map<string, QueuedTask> {
  return new Map(tasks.map((task) => [taskName(task.key), task]))
}
