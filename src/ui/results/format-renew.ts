import { clockTime } from '../../core/events/clock-time.ts'
import type { RenewResult } from '../../app/results/fleet.ts'
import type { Theme } from '../theme.ts'
import { count } from '../../kit/count.ts'
import { headline } from './result-line.ts'

/** What `muster renew` says in the end. */
export function formatRenew({ fleet, nodes, endsAt, leftS, mostAt, mostS }: RenewResult, theme: Theme): string[] {
  const end = endsAt === null ? 'never ends by itself' : `ends itself at ${clockTime(endsAt, leftS)} unless it is used`
  const most = mostAt === null ? '' : `, and at ${clockTime(mostAt, mostS)} in any case`
  return [headline(true, `${fleet} (${count(nodes, 'node')}) ${end}${most}`, theme)]
}
