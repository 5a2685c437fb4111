import pLimit from 'p-limit'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import type { Start } from '../../core/queue/starts.ts'
import { holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'
import { checkpointFolder, taskSpec } from '../../core/queue/task-spec.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import { startRunsScript } from '../../launch/remote/start-runs.ts'
import type { Change, Lease } from '../../ports/job-store.ts'
import { nodeContext } from '../fleet/node-context.ts'
import { runnersOf } from '../job/records.ts'
import { submitJob } from '../job/submit.ts'
import { mustUseEfa } from '../run/fabric.ts'
import type { Services } from '../services.ts'

/** How many launch archives are made and sent side by side. */
const AT_ONCE = 8
/** How many nodes one Run Command call takes, by id: SendCommand's InstanceIds (SSM API reference). */
const NODES_A_CALL = 50

/** What is known of the type of a run's nodes. */
export type FactsOf = (start: Start) => InstanceFacts

/**
 * Begins runs: each is written down first, under the lease, then put into the bucket, then started, many nodes with one call. What was
 * written down and not started is started again by the next tick; starting twice starts once.
 */
export async function startRuns(
  starts: readonly Start[],
  factsOf: FactsOf,
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
  await deliver(mine, factsOf, lease, services)
}

/** Puts runs that are written down into the bucket and starts them on their nodes. */
export async function deliver(
  starts: readonly Start[],
  factsOf: FactsOf,
  lease: Lease,
  services: Services,
): Promise<void> {
  const { objects, remote, clock, queue, interrupts } = services
  const limit = pLimit(AT_ONCE)
  const prepared = await Promise.all(starts.map((start) => limit(() => prepare(start, factsOf(start), services))))
  const byNode = Map.groupBy(
    prepared.flatMap(({ start, record }) => runnersOf(record).map(({ id }) => ({ node: id, start }))),
    ({ node }) => node,
  )
  const context = await nodeContext(objects)
  const nodes = [...byNode.keys()]
  const took = new Set<string>()
  for (let at = 0; at < nodes.length; at += NODES_A_CALL) {
    const some = nodes.slice(at, at + NODES_A_CALL)
    const runs = some.map((node) => ({ node, runs: byNode.get(node)!.map(({ start }) => start.run) }))
    const script = {
      comment: `muster: start ${starts.length} runs`,
      text: startRunsScript(context, runs),
      timeoutS: 120,
    }
    const results = await remote.run(some, script, interrupts.signal)
    for (const result of results) if (result.outcome === 'success') took.add(result.nodeId)
  }
  const begun = prepared.filter(({ record }) => runnersOf(record).every(({ id }) => took.has(id)))
  const events = begun.map(({ start: { task, placed } }): Change => {
    const event: TaskEvent = { type: 'started', at: clock.now(), attempt: placed.attempt }
    return { key: task.key, event, expects: task.view.version + 1 }
  })
  await queue.append(events, lease)
}

/** After this long a run that its nodes have not taken, or of which they say nothing, is started again, in milliseconds. */
const AGAIN_MS = { placed: 15_000, started: 60_000 } as const

/** Starts again what was written down and whose start nobody saw: whoever wrote it may have died then. Starting twice starts once. */
export async function redeliver(
  tasks: readonly QueuedTask[],
  factsOf: FactsOf,
  known: ReadonlyMap<string, string>,
  lease: Lease,
  services: Services,
): Promise<void> {
  const now = services.clock.now()
  const open = tasks.flatMap((task) => {
    const attempt = lastAttempt(task.view)
    if (!holdsNodes(task.view) || task.view.phase !== null || attempt === null || attempt.endedAt !== null) return []
    const { placedAt, startedAt, nodes } = attempt
    const isLate = startedAt === null ? now - placedAt > AGAIN_MS.placed : now - startedAt > AGAIN_MS.started
    if (!isLate || !nodes.every(({ id }) => known.has(id))) return []
    return [{ task, attempt }]
  })
  const starts = open.map(({ task, attempt: { attempt, placedAt, run, cohort, nodes } }): Start => {
    const placed = { type: 'placed', at: placedAt, attempt, run, cohort, nodes } as const
    // Written down already: the version that follows is the one that is there.
    return { run, cohort, nodes, fleet: task.job.fleet, task: atPlacing(task), placed }
  })
  if (starts.length > 0) await deliver(starts, factsOf, lease, services)
}

function atPlacing(task: QueuedTask): QueuedTask {
  return { ...task, view: { ...task.view, version: task.view.version - 1 } }
}

async function prepare(
  start: Start,
  facts: InstanceFacts,
  services: Services,
): Promise<{ readonly start: Start; readonly record: JobRecord }> {
  const { job, key } = start.task
  const { description } = job
  const mountPoint = description.storage?.mountPoint ?? null
  const record: JobRecord = {
    version: 1,
    id: start.run,
    spec: taskSpec(job, key.index, start.placed.attempt),
    checkpoint: checkpointFolder(key),
    fleet: start.fleet,
    hosts: start.nodes.map((node) => ({ ...node, slots: facts.cores })),
    submittedAt: start.placed.at,
  }
  const efa = mustUseEfa(description, facts, services.cloud)
  await submitJob(record, { archiveKey: job.archive, mountPoint, efa }, services)
  return { start, record }
}
