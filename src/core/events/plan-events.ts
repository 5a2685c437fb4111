import { event, seconds } from './entry.ts'

/** What is said of plans and of the actions that carry them out. */
export const PLAN_EVENTS = {
  'plan.made': event<{ fleet: string; actions: readonly { id: string; kind: string; what: string; reason: string }[] }>(
    'debug',
    (d) => `${d.fleet}: ${d.actions.length} actions: ${d.actions.map((a) => a.what).join(', ')}`,
  ),
  'action.started': event<{ fleet: string; id: string; kind: string; what: string }>('debug', (d) => `${d.what} ...`),
  'action.done': event<{ fleet: string; id: string; kind: string; what: string; ms: number }>(
    'info',
    (d) => `${d.what} (${seconds(d.ms)})`,
  ),
  'action.failed': event<{ fleet: string; id: string; kind: string; what: string; code: string; message: string }>(
    'error',
    (d) => `${d.what} failed: ${d.message}`,
  ),
  'action.refused': event<{ fleet: string; id: string; kind: string; what: string; code: string; message: string }>(
    'debug',
    (d) => `${d.what} was refused, and is planned anew: ${d.message}`,
  ),
} as const
