import { sayCounts } from '../../../core/queue/say-counts.ts'
import type { TaskState } from '../../../core/queue/task-view.ts'
import type { Theme } from '../../theme.ts'
import { count } from '../../../kit/count.ts'
import { facts, headline } from '../result-line.ts'

export interface Asked {
  readonly ask: 'cancel' | 'retry' | 'hold' | 'release'
  readonly name: string | null
  readonly changed: number
  readonly onNodes: number
  readonly left: Readonly<Partial<Record<TaskState, number>>>
  readonly isWorked: boolean
}

const DONE = { cancel: 'cancelled', retry: 'to be run again', hold: 'held', release: 'released' } as const

/** What became of `muster cancel`, `retry`, `hold` or `release`. */
export function formatAsk({ ask, name, changed, onNodes, left, isWorked }: Asked, theme: Theme): string[] {
  const of = name ?? 'all jobs'
  const rest = sayCounts(left, true)
  if (changed === 0) return [`${of}: nothing to ${ask}${rest === '' ? '' : ` (${rest})`}`]
  const notes: (readonly [string, string])[] = [
    ...(rest === '' ? [] : [['left', rest] as const]),
    ...(onNodes === 0
      ? []
      : [['note', `${count(onNodes, 'task')} on nodes: each ends when its nodes have ended it`] as const]),
    ...(isWorked || !needsWorker(ask, onNodes)
      ? []
      : [['note', 'nobody works the queue: muster work --detach'] as const]),
  ]
  return [headline(true, `${of}: ${count(changed, 'task')} ${DONE[ask]}`, theme), ...facts(notes, theme)]
}

/** What is held, or was ended at once, needs nobody. */
function needsWorker(ask: Asked['ask'], onNodes: number): boolean {
  return ask === 'retry' || ask === 'release' || onNodes > 0
}
