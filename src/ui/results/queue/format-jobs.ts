import type { Sum } from '../../../core/cost/cost.ts'
import { clockTime } from '../../../core/events/clock-time.ts'
import { sayCounts } from '../../../core/queue/say-counts.ts'
import type { TaskState } from '../../../core/queue/task-view.ts'
import { sayReason, type WaitReason } from '../../../core/queue/wait-reason.ts'
import { table } from '../../table.ts'
import type { Theme } from '../../theme.ts'
import { showDuration } from '../../units.ts'
import { showSum } from '../money.ts'

export interface ShownJobs {
  readonly worker: string | null
  readonly hasMore: boolean
  readonly jobs: readonly {
    readonly id: string
    readonly name: string
    readonly tasks: Readonly<Partial<Record<TaskState, number>>>
    readonly isArray: boolean
    readonly nodes: number
    readonly reason: WaitReason | null
    readonly cost: { readonly usd: Sum } | null
    readonly submittedAt: number
    readonly endedAt: number | null
  }[]
}

/** An id begins with the name and has the time; why a job waits is `muster why`'s too. What it cost is nowhere else at a glance. */
const COLUMNS = [
  { title: 'JOB' },
  { title: 'NAME', flexible: true, leaves: 1 },
  { title: 'STATE' },
  { title: 'REASON', flexible: true, leaves: 5 },
  { title: 'NODES', side: 'right' as const, leaves: 3 },
  { title: 'SUBMITTED', side: 'right' as const, leaves: 2 },
  { title: 'TOOK', side: 'right' as const, leaves: 4 },
  { title: 'COST', side: 'right' as const },
]

export interface JobsView {
  readonly theme: Theme
  readonly now: number
  readonly cloud: string
  readonly columns?: number | undefined
}

/** The table of `muster jobs`, and what is missing for the jobs to run. */
export function formatJobs({ jobs, worker, hasMore }: ShownJobs, view: JobsView): string[] {
  if (jobs.length === 0) return ['no jobs']
  const clock = (at: number) => clockTime(at, (at - view.now) / 1000)
  const rows = jobs.map((job) => [
    job.id,
    job.name,
    sayCounts(job.tasks, job.isArray),
    job.reason === null ? '-' : sayReason(job.reason, clock),
    String(job.nodes),
    `${showDuration(view.now - job.submittedAt)} ago`,
    job.endedAt === null ? '-' : showDuration(job.endedAt - job.submittedAt),
    job.cost === null ? '-' : showSum(job.cost.usd),
  ])
  const [head = '', ...lines] = table(COLUMNS, rows, view.columns)
  const isOpen = jobs.some((job) => job.endedAt === null)
  return [
    view.theme.faint(head),
    ...lines,
    ...(view.cloud === 'sandbox' && jobs.some(({ cost }) => cost !== null)
      ? [view.theme.faint('COST is what AWS would take: the sandbox is free')]
      : []),
    ...(hasMore ? ['there are more: muster jobs --all'] : []),
    ...(worker === null && isOpen ? ['nobody works the queue: muster work --detach'] : []),
  ]
}
