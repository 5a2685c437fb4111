import { taskName } from '../../core/queue/queued-job.ts'
import type { NodeNotice } from '../../core/queue/node-notice.ts'
import type { WaitReason } from '../../core/queue/wait-reason.ts'
import { comingNodes } from '../../core/queue/wishes.ts'
import { hasEnded, holdsNodes, lastAttempt } from '../../core/queue/task-view.ts'
import type { JobStore } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import type { FleetWorker } from './fleet-worker.ts'
import { refined } from './refine-reason.ts'
import type { TickReport } from './tick.ts'

const NOTE = 'work'

/** What is under way with a fleet. */
export interface FleetNote {
  readonly name: string
  /** Nodes that are being launched. */
  readonly coming: number
  readonly isRemoved: boolean
  /** Why it cannot be changed for now, and when it is tried again, in milliseconds since the epoch; null where it can. */
  readonly blocked: { readonly message: string; readonly until: number } | null
}

/** What whoever leads the queue last said of it, for commands that only read. */
export interface WorkNote {
  readonly holder: string
  /** Since when it leads, in milliseconds since the epoch. */
  readonly since: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly fleets: readonly FleetNote[]
  /** Why the first waiting task of each job waits. */
  readonly reasons: Readonly<Record<string, WaitReason>>
  /** The first notice of each job that Spot is about to take a node of. */
  readonly notices: Readonly<Record<string, NodeNotice>>
}

export async function noteWork(
  report: TickReport,
  { holder, since }: Pick<WorkNote, 'holder' | 'since'>,
  { queue, clock }: Services,
): Promise<void> {
  const note: WorkNote = {
    holder,
    since,
    at: clock.now(),
    fleets: [...report.fleets.values()].map(noteOf),
    reasons: reasonsOf(report),
    notices: noticesOf(report),
  }
  await queue.setNote(NOTE, JSON.stringify(note))
}

export async function readWorkNote(queue: JobStore): Promise<WorkNote | null> {
  const text = await queue.note(NOTE)
  return text === null ? null : (JSON.parse(text) as WorkNote)
}

function noteOf(one: FleetWorker): FleetNote {
  const blocked = one.blocked()
  return {
    name: one.name,
    coming: comingNodes(one.pending()),
    isRemoved: one.isRemoving(),
    blocked: blocked && { message: blocked.message, until: blocked.until },
  }
}

function noticesOf({ queue }: TickReport): Record<string, NodeNotice> {
  const notices: Record<string, NodeNotice> = {}
  for (const { view, job } of queue.tasks) {
    const notice = holdsNodes(view) ? lastAttempt(view)?.notice : null
    if (notice) notices[job.id] ??= notice
  }
  return notices
}

function reasonsOf(report: TickReport): Record<string, WaitReason> {
  const reasons: Record<string, WaitReason> = {}
  for (const task of report.queue.tasks) {
    if (hasEnded(task.view) || holdsNodes(task.view) || reasons[task.job.id]) continue
    const name = taskName(task.key)
    const fleet = report.fleets.get(task.job.fleet)
    const why = report.not.get(name) ?? report.schedules.notPlaced.get(name)
    if (why === undefined) continue
    reasons[task.job.id] = fleet ? refined(why, task.job.spec.nodes, fleet, report) : why
  }
  return reasons
}
