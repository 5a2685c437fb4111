import type { GcResult } from '../../app/results/gc.ts'
import { ONLY_COPY } from '../../core/plan/plan-sweep.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showDuration, showMoney } from '../units.ts'
import { moneyTitle, showSum } from './money.ts'
import { headline } from './result-line.ts'

/** What no fleet claims, what it costs, and what has become of it. */
export function formatGc(gc: GcResult, theme: Theme, now: number, columns?: number): string[] {
  const { leftovers, removed, usdPerHour, skipped } = gc
  const left = skipped.map(({ what, reason }) => theme.warning(sanitise(`not looked at: ${what}: ${reason}`)))
  if (leftovers.length === 0) return [headline(true, 'nothing is left over', theme), ...left]
  const kept = leftovers.filter((one) => one.kept !== null)
  const precious = new Set(kept.filter((one) => one.kept === ONLY_COPY).map(({ fleet }) => fleet))
  const rows = leftovers.map((one) => [
    one.region,
    one.fleet,
    one.kind,
    one.id,
    one.createdAt === null ? '-' : showDuration(now - one.createdAt),
    one.usdPerHour === null ? 'unknown' : one.usdPerHour === 0 ? '-' : `${showMoney(one.usdPerHour)}/h`,
    one.kept === null ? (removed ? 'removed' : 'would go') : `kept: ${one.kept}`,
  ])
  const titles = ['REGION', 'FLEET', 'KIND', 'ID', 'AGE', 'COSTS', ''].map((title) => ({
    title,
    flexible: title === '',
  }))
  const end = [
    ...(removed || kept.length === leftovers.length ? [] : ['remove it with: muster gc --yes']),
    ...[...precious].map((fleet) => `export its data, and remove it, with: muster down ${fleet}`),
    ...(kept.length > 0 ? ['give up data that are kept with: muster gc --yes --discard-data'] : []),
  ]
  return [
    ...table(titles, rows, columns),
    sanitise(`${moneyTitle(gc.cloud)}: ${showSum(usdPerHour, '/h')}`),
    ...left,
    ...end.map((line) => theme.faint(line)),
  ]
}
