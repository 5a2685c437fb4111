import { sayEnd } from '../../core/events/say-end.ts'
import type { RenewResult } from '../../app/results/fleet.ts'
import type { Theme } from '../theme.ts'
import { count } from '../../kit/count.ts'
import { headline } from './result-line.ts'

/** What `muster renew` says in the end. */
export function formatRenew(result: RenewResult, theme: Theme): string[] {
  return [headline(true, `${result.fleet} (${count(result.nodes, 'node')}) ${sayEnd(result)}`, theme)]
}
