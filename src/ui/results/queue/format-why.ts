import { clockTime } from '../../../core/events/clock-time.ts'
import { sayFoundBad, type FoundBad } from '../../../core/queue/found-bad.ts'
import { sayWhy } from '../../../core/queue/say-why.ts'
import type { TaskView } from '../../../core/queue/task-view.ts'
import type { WaitReason } from '../../../core/queue/wait-reason.ts'
import type { Theme } from '../../theme.ts'
import { facts } from '../result-line.ts'
import { sanitise } from '../../sanitise.ts'

export interface ShownTask {
  readonly name: string
  readonly view: TaskView
  readonly reason: WaitReason | null
  readonly bad: FoundBad | null
}

/** So many different answers are shown of one job. */
const MOST = 10

/** Why tasks wait or failed, with what to type next; tasks of the same answer are said once. */
export function formatWhy(
  tasks: readonly ShownTask[],
  { theme, now, retryFirst }: { readonly theme: Theme; readonly now: number; readonly retryFirst: readonly string[] },
): string[] {
  const groups = new Map<string, { readonly first: ShownTask; tasks: number }>()
  const clock = (at: number) => clockTime(at, Math.abs(at - now) / 1000)
  for (const task of tasks) {
    const { words: why } = sayWhy(task.name, task.view, task.reason, clock)
    const words = `${why}${sayFoundBad(task.bad, clock)}`
    const group = groups.get(words)
    if (group) group.tasks += 1
    else groups.set(words, { first: task, tasks: 1 })
  }
  const lines = [...groups].slice(0, MOST).flatMap(([words, { first, tasks: count }]) => {
    const more = count === 1 ? '' : ` and ${count - 1} more`
    const all = count === 1 ? first.name : jobOf(first.name)
    const { next } = sayWhy(first.name, first.view, first.reason, clock, { all, retryFirst })
    return [
      theme.strong(sanitise(`${first.name}${more}`)),
      ...facts([['why', words] as const, ...(next === null ? [] : [['next', next] as const])], theme),
    ]
  })
  return groups.size > MOST
    ? [...lines, `and ${groups.size - MOST} other reasons; see one with: muster why ID.TASK`]
    : lines
}

/** `ID` of `ID.17`. */
function jobOf(task: string): string {
  return task.replace(/\.\d+$/, '')
}
