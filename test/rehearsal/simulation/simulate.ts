import { decideScaling } from '../../../src/core/scaling/decide.ts'
import { unservedOf } from '../../../src/core/scaling/unserved.ts'
import type { ScalingPolicy } from '../../../src/core/scaling/policy.ts'
import type { Holding, Waiting } from '../../../src/core/scheduling/input.ts'
import { holdTimeOf } from '../../../src/core/scheduling/cohort-book.ts'
import { schedule } from '../../../src/core/scheduling/schedule.ts'
import { figuresOf, type Figures } from './figures.ts'
import { simulatedFleet, type SimulatedFleet } from './fleet.ts'
import type { SimulatedTask } from './load.ts'

export interface SimulatedWorld {
  readonly policy: ScalingPolicy
  /** The bounds that hold at a time. */
  readonly range: (now: number) => { readonly min: number; readonly max: number }
  /** The most that any of the bounds allows. */
  readonly max: number
  readonly bootMs: number
  readonly idleMs: number
  readonly coresPerNode: number
  /** Times at which the bounds may change. */
  readonly alarms?: readonly number[]
}

/** The controller looks so often, in milliseconds: whatever happens between is seen at its next look. */
const TICK_MS = 10_000

interface Running {
  readonly task: SimulatedTask
  readonly nodeIds: readonly string[]
  readonly endsAt: number
  readonly holding: Holding
}

/**
 * Works the tasks off on a fleet that boots and costs, with the scheduler and the scaling that the controller has. Nothing but its
 * arguments decides the result. Throws where a rule is broken: a task that runs twice or never, a busy node that ends, too many nodes.
 */
export function simulate(tasks: readonly SimulatedTask[], world: SimulatedWorld): Figures {
  const fleet = simulatedFleet(world.max, world.coresPerNode)
  const waiting = new Map<string, SimulatedTask>()
  const running = new Map<string, Running>()
  const started = new Map<string, number>()
  const alarms = (world.alarms ?? []).toSorted((a, b) => a - b)
  const first = tasks[0]?.submittedAt ?? 0
  const sizes: [number, number, number][] = []
  let arrived = 0
  let actions = 0
  let changedAt: number | null = null
  let now = first
  let peak = 0
  for (;;) {
    arrived = arrive(tasks, arrived, waiting, now)
    finish(running, fleet, now)
    const left = place(waiting, running, started, fleet, world.range(now).max, now)
    const decision = scale(left, fleet, world, now, changedAt)
    const isChanged = decision.launch.length > 0 || decision.end.length > 0
    if (isChanged) {
      actions += 1
      changedAt = now
      fleet.end(decision.end, now)
      fleet.launch(decision.launch, now, world.bootMs)
    }
    peak = Math.max(peak, fleet.size())
    sizes.push([now, fleet.size(), running.size])
    const { why } = decision
    const ends = [...running.values()].map((one) => one.endsAt)
    const alarm = alarms.find((at) => at > now) ?? Infinity
    const soon = isChanged ? now + TICK_MS : why.kind === 'cooldown' ? why.until : Infinity
    const arrival = tasks[arrived]?.submittedAt ?? Infinity
    const next = Math.min(soon, arrival, ...ends, fleet.nextChange(now, world.idleMs), alarm)
    if (next === Infinity) break
    now = Math.max(now + TICK_MS, Math.ceil((next - first) / TICK_MS) * TICK_MS + first)
  }
  if (started.size !== tasks.length)
    throw new Error(`${tasks.length - started.size} tasks of ${tasks.length} never ran`)
  return figuresOf(tasks, started, { paidMs: fleet.paidMs(now), actions, peak, left: fleet.size(), sizes }, world)
}

/** Those whose time has come wait from now on; returns how many have come by now. */
function arrive(
  tasks: readonly SimulatedTask[],
  from: number,
  waiting: Map<string, SimulatedTask>,
  now: number,
): number {
  let arrived = from
  for (; arrived < tasks.length && tasks[arrived]!.submittedAt <= now; arrived += 1) {
    waiting.set(tasks[arrived]!.task, tasks[arrived]!)
  }
  return arrived
}

function finish(running: Map<string, Running>, fleet: SimulatedFleet, now: number): void {
  for (const [name, one] of running) {
    if (one.endsAt > now) continue
    fleet.finish(one.nodeIds, one.endsAt)
    running.delete(name)
  }
}

function place(
  waiting: Map<string, SimulatedTask>,
  running: Map<string, Running>,
  started: Map<string, number>,
  fleet: SimulatedFleet,
  max: number,
  now: number,
): Waiting[] {
  const queue = [...waiting.values()].map((task): Waiting => ({ ...task, fleet: 'hpc' }))
  if (queue.length === 0) return []
  const holdings = [...running.values()].map((one) => one.holding)
  const room = new Map([['hpc', { more: max - fleet.size(), coming: 0 }]])
  const { placements } = schedule({ now, waiting: queue, cohorts: fleet.views(now), holdings, room })
  for (const { task: name, nodeIds } of placements) {
    const task = waiting.get(name)
    if (!task || started.has(name)) throw new Error(`${name} was started twice`)
    if (nodeIds.length !== task.nodes) throw new Error(`${name} has ${nodeIds.length} nodes of ${task.nodes}`)
    waiting.delete(name)
    started.set(name, now)
    fleet.begin(nodeIds)
    const holding = {
      task: name,
      nodeIds,
      cores: task.cores,
      endsBy: now + holdTimeOf(task.limitMs),
    }
    running.set(name, { task, nodeIds, endsAt: now + task.runMs, holding })
  }
  return queue.filter(({ task }) => waiting.has(task))
}

function scale(
  left: readonly Waiting[],
  fleet: SimulatedFleet,
  world: SimulatedWorld,
  now: number,
  changedAt: number | null,
) {
  const nodes = fleet.scalable(now)
  const supply = [...Map.groupBy(nodes, (node) => node.cohort)].map(([cohort, members]) => ({
    cohort,
    nodes: members.filter((node) => !node.isBusy).length,
  }))
  const { policy, idleMs, coresPerNode } = world
  const unserved = unservedOf(left, supply, coresPerNode)
  const bounds = world.range(now)
  return decideScaling({
    policy,
    now,
    ...bounds,
    affordable: Infinity,
    idleMs,
    nodes,
    coresPerNode,
    waiting: left,
    unserved,
    lastChangeAt: changedAt,
  })
}
