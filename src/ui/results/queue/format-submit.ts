import type { Theme } from '../../theme.ts'
import { count } from '../format-run.ts'
import { facts, headline } from '../result-line.ts'

export interface Submitted {
  readonly job: string
  readonly tasks: number
  readonly fleet: string
  readonly isWorked: boolean
  readonly testOnly: boolean
}

/** What was taken into the queue, how to see it, and what is missing for it to run. */
export function formatSubmit({ job, tasks, fleet, isWorked, testOnly }: Submitted, theme: Theme): string[] {
  const what = `${count(tasks, 'task')} on fleet ${fleet}`
  if (testOnly) return [headline(true, `it would be taken: ${what}; nothing was submitted`, theme)]
  return [
    headline(true, `${job} is in the queue: ${what}`, theme),
    ...facts(
      [
        ...(isWorked ? [] : [['note', 'nobody works the queue: muster work --detach'] as const]),
        ['see', `muster job ${job}`],
      ],
      theme,
    ),
  ]
}
