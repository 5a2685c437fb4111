import { table } from '../../table.ts'
import type { Theme } from '../../theme.ts'
import { count } from '../../../kit/count.ts'
import { facts, headline } from '../result-line.ts'

export interface Submitted {
  readonly jobs: readonly {
    /** What it is called in a file of several jobs; null where it is alone. */
    readonly name: string | null
    /** Null where nothing was submitted. */
    readonly job: string | null
    readonly tasks: number
    readonly fleet: string
  }[]
  readonly isWorked: boolean
  readonly testOnly: boolean
}

const COLUMNS = [{ title: '  NAME' }, { title: 'JOB' }, { title: 'TASKS', side: 'right' as const }, { title: 'FLEET' }]

/** What was taken into the queue, how to see it, and what is missing for it to run. */
export function formatSubmit({ jobs, isWorked, testOnly }: Submitted, theme: Theme): string[] {
  const [first] = jobs
  const sum = count(
    jobs.reduce((all, job) => all + job.tasks, 0),
    'task',
  )
  const isBatch = first?.name !== null
  const what = isBatch ? `${count(jobs.length, 'job')} with ${sum}` : `${sum} on fleet ${first.fleet}`
  const all = isBatch ? 'all' : 'it'
  if (testOnly) return [headline(true, `${all} would be taken: ${what}; nothing was submitted`, theme)]
  const note = isWorked ? [] : [['note', 'nobody works the queue: muster work --detach'] as const]
  if (!isBatch) {
    const id = first.job ?? ''
    const see = ['see', `muster job ${id}`] as const
    return [headline(true, `${id} is in the queue: ${what}`, theme), ...facts([...note, see], theme)]
  }
  const rows = jobs.map((job) => [`  ${job.name}`, job.job ?? '', String(job.tasks), job.fleet])
  const [head = '', ...lines] = table(COLUMNS, rows)
  return [
    headline(true, `in the queue: ${what}`, theme),
    theme.faint(head),
    ...lines,
    ...facts([...note, ['see', 'muster jobs']], theme),
  ]
}
