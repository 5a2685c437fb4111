import pLimit from 'p-limit'
import { taskName } from '../../core/queue/queued-job.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Start } from '../../core/queue/start.ts'
import { holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import { startRunsScript, type NodeRuns } from '../../launch/remote/start-runs.ts'
import type { Change, Lease } from '../../ports/job-store.ts'
import { nodeContext } from '../fleet/node-context.ts'
import { runnersOf } from '../job/records.ts'
import type { Services } from '../services.ts'
import { prepareBatch, prepareRun, type FactsOf } from './prepare-runs.ts'

/** How many launch archives are made and sent side by side. */
const AT_ONCE = 8
/** How many nodes one Run Command call takes, by id: SendCommand's InstanceIds (SSM API reference). */
const NODES_A_CALL = 50

/** What starting has to know of a fleet. */
export interface FleetNow {
  readonly factsOf: FactsOf
  /** By node, cores that batches must leave to others: `coresOfOthers`. */
  readonly coresTaken: ReadonlyMap<string, number>
  /** Whether a task's node has said nothing new of it for long: `watchStalls`. */
  readonly isStalled: (task: string) => boolean
}

/**
 * Begins runs: each is written down first, under the lease, then put into the bucket, then started, many nodes with one call. What was
 * written down and not started is started again by the next tick; starting twice starts once.
 */
export async function startRuns(
  starts: readonly Start[],
  fleet: FleetNow,
  lease: Lease,
  services: Services,
): Promise<void> {
  const { queue } = services
  const wanted = starts.map(({ task, placed }): Change => ({
    key: task.key,
    event: placed,
    expects: task.view.version,
  }))
  const written = new Set((await queue.append(wanted, lease)).map(({ event }) => event))
  const mine = starts.filter(({ placed }) => written.has(placed))
  await deliver(mine, fleet, lease, services)
}

/** Puts runs that are written down into the bucket, tasks that a node gets together by one archive, and starts them on their nodes. */
export async function deliver(
  starts: readonly Start[],
  fleet: FleetNow,
  lease: Lease,
  services: Services,
): Promise<void> {
  const { objects, remote, clock, queue, interrupts } = services
  const { factsOf } = fleet
  const limit = pLimit(AT_ONCE)
  const batches = Map.groupBy(starts, ({ placed }) => placed.batch ?? '')
  const alone = batches.get('') ?? []
  batches.delete('')
  await Promise.all([
    ...alone.map((start) => limit(() => prepareRun(start, factsOf(start), services))),
    ...[...batches].map(([batch, some]) => limit(() => prepareBatch(batch, some, factsOf(some[0]!), services))),
  ])
  const nodes = nodesOf(alone, batches, fleet)
  const context = await nodeContext(objects)
  const took = new Set<string>()
  for (let at = 0; at < nodes.length; at += NODES_A_CALL) {
    const some = nodes.slice(at, at + NODES_A_CALL)
    const script = {
      comment: `muster: start ${starts.length} runs`,
      text: startRunsScript(context, some),
      timeoutS: 120,
    }
    const results = await remote.run(
      some.map(({ node }) => node),
      script,
      interrupts.signal,
    )
    for (const result of results) if (result.outcome === 'success') took.add(result.nodeId)
  }
  const begun = starts.filter((start) => runnersIn(start).every((id) => took.has(id)))
  const events = begun.map(({ task, placed }): Change => {
    const event: TaskEvent = { type: 'started', at: clock.now(), attempt: placed.attempt }
    return { key: task.key, event, expects: task.view.version + 1 }
  })
  await queue.append(events, lease)
}

function nodesOf(
  alone: readonly Start[],
  batches: ReadonlyMap<string, readonly Start[]>,
  { factsOf, coresTaken }: FleetNow,
): NodeRuns[] {
  const runs = Map.groupBy(
    alone.flatMap((start) => runnersIn(start).map((node) => ({ node, run: start.run }))),
    ({ node }) => node,
  )
  const handed = Map.groupBy(
    [...batches].map(([batch, [first]]) => ({ batch, node: first!.nodes[0]!.id, cores: factsOf(first!).cores })),
    ({ node }) => node,
  )
  return [...new Set([...runs.keys(), ...handed.keys()])].map((node) => ({
    node,
    runs: (runs.get(node) ?? []).map(({ run }) => run),
    batches: (handed.get(node) ?? []).map(({ batch }) => batch),
    cores: Math.max(1, (handed.get(node)?.[0]?.cores ?? 1) - (coresTaken.get(node) ?? 0)),
  }))
}

/** Ids of its nodes that have a runner; where an MPI program's nodes share nothing, each of them unpacks for itself. */
function runnersIn({ task: { job }, nodes }: Start): string[] {
  if (job.spec.launcher === 'mpi' && job.description.storage === null) return nodes.map(({ id }) => id)
  return runnersOf({ spec: job.spec, hosts: nodes.map((node) => ({ ...node, slots: 0 })) }).map(({ id }) => id)
}

/** After this long a run that its nodes have not taken, or of which they say nothing, is started again, in milliseconds. */
const AGAIN_MS = { placed: 15_000, started: 60_000 } as const

/** Starts again what was written down and whose start nobody saw: whoever wrote it may have died then. Starting twice starts once. */
export async function redeliver(
  tasks: readonly QueuedTask[],
  fleet: FleetNow,
  known: ReadonlyMap<string, string>,
  lease: Lease,
  services: Services,
): Promise<void> {
  const now = services.clock.now()
  const open = tasks.flatMap((task) => {
    const attempt = lastAttempt(task.view)
    if (!holdsNodes(task.view) || attempt === null || attempt.endedAt !== null) return []
    const { placedAt, startedAt, nodes, batch } = attempt
    const isLate = startedAt === null ? now - placedAt > AGAIN_MS.placed : now - startedAt > AGAIN_MS.started
    const isSilent = task.view.phase === null && isLate
    // Whoever runs the tasks of a node is begun again with any of its batches.
    const isStalled = batch !== null && fleet.isStalled(taskName(task.key))
    if (!(isSilent || isStalled) || !nodes.every(({ id }) => known.has(id))) return []
    return [{ task, attempt }]
  })
  const starts = open.map(({ task, attempt: { attempt, placedAt, run, batch, cohort, nodes } }): Start => {
    const placed = { type: 'placed', at: placedAt, attempt, run, cohort, nodes, ...(batch && { batch }) } as const
    // Written down already: the version that follows is the one that is there.
    return { run, cohort, nodes, fleet: task.job.fleet, task: atPlacing(task), placed }
  })
  if (starts.length > 0) await deliver(starts, fleet, lease, services)
}

function atPlacing(task: QueuedTask): QueuedTask {
  return { ...task, view: { ...task.view, version: task.view.version - 1 } }
}
