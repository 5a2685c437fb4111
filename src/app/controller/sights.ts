import pLimit from 'p-limit'
import { judgeJob } from '../../core/job/judge.ts'
import type { JobFailure } from '../../core/job/job-failure.ts'
import type { Host, RunnerState } from '../../core/job/record.ts'
import type { AttemptSight } from '../../core/queue/attempt-end.ts'
import type { NodeNotice } from '../../core/queue/node-notice.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import type { QueuedTask } from '../../core/queue/eligible.ts'
import { lastAttempt, type AttemptView } from '../../core/queue/task-view.ts'
import { runnersOf } from '../job/records.ts'
import { readState, readTaskStates } from '../job/states.ts'
import type { Services } from '../services.ts'
import type { LostNodes } from './lost-nodes.ts'

/**
 * A program learns that another node of it died before the cloud shows it, and by whose hand: so long that is waited for, in
 * milliseconds.
 */
const CLOUD_LAGS_MS = 90_000
/** States are small objects: so many are read side by side. */
const AT_ONCE = 16

type HostStates = readonly { readonly host: string; readonly state: RunnerState | null }[]

/**
 * What the bucket and the cloud show of the tasks that hold nodes, by task: one look at each run, and one at each batch of tasks. A
 * read that fails is a lost sight, which ends nothing.
 */
export async function sightsOf(
  tasks: readonly QueuedTask[],
  lost: LostNodes,
  services: Services,
): Promise<ReadonlyMap<string, AttemptSight>> {
  const limit = pLimit(AT_ONCE)
  const batches = new Map<string, ReturnType<typeof readTaskStates>>()
  const tasksOf = (batch: string): ReturnType<typeof readTaskStates> => {
    const known = batches.get(batch) ?? limit(() => readTaskStates(services.objects, batch))
    batches.set(batch, known)
    return known
  }
  const statesOf = async ({ job }: QueuedTask, { run, batch, nodes }: AttemptView): Promise<HostStates> => {
    if (batch !== null) return [{ host: nodes[0]?.name ?? '', state: (await tasksOf(batch)).get(run) ?? null }]
    const runners = runnersOf({ spec: job.spec, hosts: nodes.map(hostOf) })
    return Promise.all(
      runners.map(async ({ name }) => ({
        host: name,
        state: await limit(() => readState(services.objects, { id: run }, name)),
      })),
    )
  }
  const entries = tasks.map(async (task): Promise<[string, AttemptSight]> => {
    const attempt = lastAttempt(task.view)
    if (!attempt) throw new TypeError(`${taskName(task.key)} holds no nodes`)
    const sight = await statesOf(task, attempt)
      .then((states) => judged(attempt, states, lost, services.clock.now()))
      .catch((error: unknown): AttemptSight => ({
        kind: 'unseen',
        why: error instanceof Error ? error.message : String(error),
      }))
    return [taskName(task.key), sight]
  })
  return new Map(await Promise.all(entries))
}

function judged(attempt: AttemptView, states: HostStates, lost: LostNodes, now: number): AttemptSight {
  const dead = attempt.nodes.flatMap(({ id, name }) => {
    const loss = lost.get(id)
    return loss === undefined ? [] : [{ host: name, id, ...loss }]
  })
  const verdict = judgeJob({ states, lost: dead.map(({ host, reason }) => ({ host, reason })) })
  const saidAt = Math.max(...states.map(({ state }) => state?.updatedAt ?? 0))
  if (verdict.kind === 'running' && states.every(({ state }) => state === null)) return { kind: 'silent' }
  if (verdict.kind === 'running' && attempt.batch !== null && verdict.phase === 'staging')
    return { kind: 'queued', saidAt }
  const notice = noticeOf(states, attempt)
  if (verdict.kind === 'running') return { kind: 'running', phase: verdict.phase, notice, saidAt }
  const saysLost = states.some(({ state }) => state?.reason === 'node-lost')
  if (saysLost && dead.length === 0 && notice === null && isRecent(states, now)) {
    return { kind: 'running', phase: 'collecting', notice, saidAt }
  }
  return {
    kind: 'ended',
    verdict,
    hasLostNode: dead.length > 0,
    isReclaimed: dead.some((one) => one.isReclaimed),
    notice,
    node: dead[0]?.id ?? blamed(attempt, verdict),
    tookMs: tookOf(states[0]?.state ?? null),
  }
}

function tookOf(state: RunnerState | null): number | null {
  return state?.phase === 'done' ? state.updatedAt - state.startedAt : null
}

/** The first Spot notice that its runners told. */
function noticeOf(states: HostStates, { nodes }: AttemptView): NodeNotice | null {
  for (const { state } of states) {
    const node = nodes.find(({ name }) => name === state?.notice?.node)
    if (node && state?.notice) return { node: node.id, until: state.notice.at }
  }
  return null
}

function isRecent(states: HostStates, now: number): boolean {
  return states.some(({ state }) => state !== null && now - state.updatedAt < CLOUD_LAGS_MS)
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
