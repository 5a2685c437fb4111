import type { CohortView, Holding, Placement, Room, Schedule, Waiting } from './input.ts'
import { inQueueOrder } from './order.ts'

export interface Ahead {
  /** How long a task will take, in milliseconds; null where nobody knows, or where it cannot wait on a node. */
  readonly paceOf: (task: string) => number | null
  /** So long the cores of a node are kept busy without another word, in milliseconds. */
  readonly aheadMs: number
  readonly waiting: readonly Waiting[]
  readonly cohorts: readonly CohortView[]
  readonly holdings: readonly Holding[]
  /** As in `ScheduleInput`. */
  readonly room?: ReadonlyMap<string, Room>
}

/**
 * Gives nodes that tasks share more of them than they have cores for: each takes the next by itself as one ends. Only as much as is
 * done within `aheadMs`, by what such tasks took so far, and only what is next in the queue: where a task that came first waits for
 * nodes, nothing is handed past it. So a task that comes later, and is more urgent, waits no longer than that.
 */
export function handAhead(schedule: Schedule, ahead: Ahead): Schedule {
  const cores = new Map(ahead.holdings.map((one) => [one.task, one.cores]))
  for (const task of ahead.waiting) cores.set(task.task, task.cores)
  const placements = [...schedule.placements]
  const notPlaced = new Map(schedule.notPlaced)
  const loads = loadsOf(schedule, ahead, cores)
  // The nodes of a fleet that is to become smaller become free only where nothing more is handed to them.
  const takers = ahead.waiting.filter((task) => (ahead.room?.get(task.fleet)?.more ?? 0) >= 0)
  for (const [fleet, waiting] of Map.groupBy(takers, (task) => task.fleet)) {
    const nodes = roomiest(fleet, ahead, loads)
    let turn = 0
    for (const task of waiting.toSorted(inQueueOrder)) {
      const why = notPlaced.get(task.task)
      if (why === undefined || (why.kind === 'no-cohort' && mayCome(task, ahead.room?.get(fleet)))) continue
      const paceMs = task.cores === null ? null : ahead.paceOf(task.task)
      if (paceMs === null || task.cores === null) break
      const work = task.cores * Math.max(1, paceMs)
      const node = nextWith(nodes, turn, work, task.cores)
      if (node === null) break
      turn = node.at + 1
      nodes[node.at]!.room -= work
      notPlaced.delete(task.task)
      const { id, cohort } = nodes[node.at]!
      placements.push({ task: task.task, fleet, cohort, nodeIds: [id] } satisfies Placement)
    }
  }
  return { placements, notPlaced }
}

interface NodeLoad {
  readonly id: string
  readonly cohort: string
  readonly cores: number
  room: number
}

/** The nodes of a fleet that more may be handed to, those with the most room first. */
function roomiest(fleet: string, ahead: Ahead, loads: ReadonlyMap<string, number | null>): NodeLoad[] {
  return ahead.cohorts
    .filter((cohort) => cohort.fleet === fleet)
    .flatMap(({ name, nodes }) =>
      nodes.flatMap(({ id, cores }) => {
        const load = loads.get(id) ?? null
        return load === null ? [] : [{ id, cohort: name, cores, room: cores * ahead.aheadMs - load }]
      }),
    )
    .toSorted((a, b) => b.room - a.room)
}

/** Whether a cohort can come for it: else nodes are to become free for it (`leaveRoom`). */
function mayCome({ nodes }: Waiting, room: Room | undefined): boolean {
  return room === undefined || nodes <= room.more || nodes <= room.coming
}

/** The next node after those that had their turn. */
function nextWith(
  nodes: readonly NodeLoad[],
  turn: number,
  work: number,
  cores: number,
): { readonly at: number } | null {
  for (let step = 0; step < nodes.length; step += 1) {
    const at = (turn + step) % nodes.length
    const node = nodes[at]!
    if (node.room >= work && node.cores >= cores) return { at }
  }
  return null
}

/** The work that each node has, in milliseconds of a core, as far as all of it is of known length and shared; null where it is not. */
function loadsOf(
  { placements }: Schedule,
  { holdings, paceOf }: Ahead,
  cores: ReadonlyMap<string, number | null>,
): Map<string, number | null> {
  const loads = new Map<string, number | null>()
  for (const { task, nodeIds } of [...holdings, ...placements]) {
    const own = cores.get(task) ?? null
    const paceMs = own === null ? null : paceOf(task)
    for (const id of nodeIds) {
      const load = loads.has(id) ? loads.get(id)! : 0
      loads.set(id, load === null || own === null || paceMs === null ? null : load + own * Math.max(1, paceMs))
    }
  }
  return loads
}
