import pLimit from 'p-limit'
import { judgeJob } from '../../core/job/judge.ts'
import type { JobFailure } from '../../core/job/job-failure.ts'
import type { Host } from '../../core/job/record.ts'
import type { AttemptSight } from '../../core/queue/attempt-end.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import { lastAttempt, type AttemptView } from '../../core/queue/task-view.ts'
import { runnersOf } from '../job/records.ts'
import { readState } from '../job/states.ts'
import type { Services } from '../services.ts'
import type { LostNodes } from './lost-nodes.ts'

/** States are small objects: so many are read side by side. */
const AT_ONCE = 16

/**
 * What the bucket and the cloud show of the tasks that hold nodes, by task: one look at each run. A read that fails is a lost sight,
 * which ends nothing.
 */
export async function sightsOf(
  tasks: readonly QueuedTask[],
  lost: LostNodes,
  services: Services,
): Promise<ReadonlyMap<string, AttemptSight>> {
  const limit = pLimit(AT_ONCE)
  const entries = tasks.map((task) =>
    limit(async (): Promise<[string, AttemptSight]> => {
      const sight = await look(task, lost, services).catch((error: unknown): AttemptSight => ({
        kind: 'unseen',
        why: error instanceof Error ? error.message : String(error),
      }))
      return [taskName(task.key), sight]
    }),
  )
  return new Map(await Promise.all(entries))
}

async function look(task: QueuedTask, lost: LostNodes, { objects }: Services): Promise<AttemptSight> {
  const attempt = lastAttempt(task.view)
  if (!attempt) throw new TypeError(`${taskName(task.key)} holds no nodes`)
  const runners = runnersOf({ spec: task.job.spec, hosts: attempt.nodes.map(hostOf) })
  const states = await Promise.all(
    runners.map(async ({ name }) => ({ host: name, state: await readState(objects, attempt.run, name) })),
  )
  const dead = attempt.nodes.flatMap(({ id, name }) => {
    const loss = lost.get(id)
    return loss === undefined ? [] : [{ host: name, id, ...loss }]
  })
  const verdict = judgeJob({ states, lost: dead.map(({ host, reason }) => ({ host, reason })) })
  if (verdict.kind === 'running' && states.every(({ state }) => state === null)) return { kind: 'silent' }
  if (verdict.kind === 'running') return { kind: 'running', phase: verdict.phase }
  return {
    kind: 'ended',
    verdict,
    isReclaimed: verdict.outcome === 'lost' && dead.some((one) => one.isReclaimed),
    node: dead[0]?.id ?? blamed(attempt, verdict),
  }
}

/** Who failed: the one node that there is, or the one that is named. */
function blamed({ nodes }: AttemptView, { failure }: { readonly failure: JobFailure | null }): string | null {
  if (failure === null) return null
  const named = nodes.length === 1 ? nodes[0] : nodes.find(({ name }) => name === failure.host)
  return named?.id ?? null
}

function hostOf({ id, name, ip }: AttemptView['nodes'][number]): Host {
  return { id, name, ip, slots: 0 }
}
