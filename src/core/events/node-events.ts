import { event } from './entry.ts'

/** What is said of single nodes that are bad, or may be. */
export const NODE_EVENTS = {
  'node.checked': event<{ fleet: string; nodes: readonly string[] }>(
    'info',
    (d) => `${d.fleet}: checking ${d.nodes.join(', ')}, since tasks failed there`,
  ),
  'node.unclear': event<{ fleet: string; node: string; why: string }>(
    'warning',
    (d) => `${d.fleet}: whether ${d.node} is bad cannot be told: ${d.why}`,
  ),
  'node.quarantined': event<{ fleet: string; node: string; why: string; isKept: boolean }>(
    'warning',
    (d) =>
      `${d.fleet}: ${d.node} is quarantined${d.why === '' ? '' : `: ${d.why}`}; ${d.isKept ? 'it stays up, and is paid, until the fleet goes' : 'it ends as soon as no job runs on it'}`,
  ),
} as const
