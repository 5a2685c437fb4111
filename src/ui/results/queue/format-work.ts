import type { Theme } from '../../theme.ts'
import { showDuration } from '../../units.ts'
import { count } from '../../../kit/count.ts'
import { facts, headline } from '../result-line.ts'

/** The end of `muster work`. */
export function formatWork({ ended, ms }: { readonly ended: number; readonly ms: number }, theme: Theme): string[] {
  return [headline(true, `the queue was worked for ${showDuration(ms)}: ${count(ended, 'attempt')} ended`, theme)]
}

/** Who works the queue from now on, or did already, and how to see and stop it. `pid` is of one that was started now. */
export function formatDetached(
  of: { readonly worker: string | null; readonly pid: number | null; readonly log: string },
  theme: Theme,
): string[] {
  const who =
    of.pid === null
      ? `the queue is worked already, by ${of.worker}`
      : of.worker === null
        ? `process ${of.pid} is to work the queue, and does not lead it yet`
        : `the queue is worked in the background, by ${of.worker}`
  return [
    headline(true, who, theme),
    ...facts(
      [
        ['see', 'muster jobs'],
        ['log', of.log],
        ['stop', 'muster work --stop'],
      ],
      theme,
    ),
  ]
}

/** Who was stopped. */
export function formatStopped(stopped: string | null, theme: Theme): string[] {
  if (stopped === null) return ['nobody works the queue']
  return [
    headline(true, `${stopped} works the queue no longer; tasks and fleets were left as they are`, theme),
    ...facts([['go on', 'muster work --detach']], theme),
  ]
}
