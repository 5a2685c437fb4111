import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showMoney } from '../units.ts'
import { moneyTitle, showSum, type Sum } from './money.ts'
import { headline } from './result-line.ts'

export interface GcSummary {
  readonly cloud: string
  readonly leftovers: readonly {
    readonly region: string
    readonly fleet: string
    readonly kind: string
    readonly id: string
    readonly usdPerHour: number | null
    readonly kept: string | null
  }[]
  readonly usdPerHour: Sum
  readonly removed: boolean
  readonly skipped: readonly { readonly what: string; readonly reason: string }[]
}

/** What no fleet claims, what it costs, and what has become of it. */
export function formatGc(gc: GcSummary, theme: Theme, columns?: number): string[] {
  const { leftovers, removed, usdPerHour, skipped } = gc
  const left = skipped.map(({ what, reason }) => theme.warning(sanitise(`not looked at: ${what}: ${reason}`)))
  if (leftovers.length === 0) return [headline(true, 'nothing is left over', theme), ...left]
  const kept = leftovers.filter((one) => one.kept !== null).length
  const rows = leftovers.map((one) => [
    one.region,
    one.fleet,
    one.kind,
    one.id,
    one.usdPerHour === null ? 'unknown' : one.usdPerHour === 0 ? '-' : `${showMoney(one.usdPerHour)}/h`,
    one.kept === null ? (removed ? 'removed' : 'would go') : `kept: ${one.kept}`,
  ])
  const titles = ['REGION', 'FLEET', 'KIND', 'ID', 'COSTS', ''].map((title) => ({ title, flexible: title === '' }))
  const end = [
    ...(removed || kept === leftovers.length ? [] : ['remove it with: muster gc --yes']),
    ...(kept > 0 ? ['data that is kept goes with: muster gc --yes --discard-data'] : []),
  ]
  return [
    ...table(titles, rows, columns),
    sanitise(`${moneyTitle(gc.cloud)}: ${showSum(usdPerHour, '/h')}`),
    ...left,
    ...end.map((line) => theme.faint(line)),
  ]
}
