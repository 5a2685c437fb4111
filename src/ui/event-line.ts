import { describeEvent, levelOf, type MusterEvent } from '../core/events/event.ts'
import type { Level } from '../core/events/level.ts'
import { sanitise } from './sanitise.ts'
import type { Theme } from './theme.ts'

/** -2 shows errors only, -1 also warnings, 0 what people want to know, 1 everything. */
export type Verbosity = -2 | -1 | 0 | 1

const LEAST: Record<Level, number> = { error: -2, warning: -1, success: 0, info: 0, debug: 1 }

export function isShown(event: MusterEvent, verbosity: Verbosity): boolean {
  return verbosity >= LEAST[levelOf(event)]
}

/** An event as one line: its sign and its sentence. */
export function eventLine(event: MusterEvent, theme: Theme): string {
  const text = sanitise(describeEvent(event))
  return `${sign(kindOf(event), theme)} ${text}`
}

type Kind = 'done' | 'failed' | 'warning' | 'info'

function sign(kind: Kind, theme: Theme): string {
  const paint = kind === 'info' ? theme.faint : theme[kind]
  return paint(theme.signs[kind])
}

/** What has ended wears a tick or a cross; the rest is news. */
function kindOf(event: MusterEvent): Kind {
  if (event.type === 'job.ended') return event.data.outcome === 'done' ? 'done' : 'failed'
  if (event.type === 'action.done' || event.type === 'transfer.done' || event.type === 'sandbox.started') return 'done'
  const level = levelOf(event)
  if (level === 'success') return 'done'
  if (level === 'error') return 'failed'
  return level === 'warning' ? 'warning' : 'info'
}
