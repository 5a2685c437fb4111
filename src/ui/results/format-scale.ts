import type { Sum } from '../../core/cost/cost.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showDuration } from '../units.ts'
import { count } from '../../kit/count.ts'
import { moneyTitle, showSum } from './money.ts'
import { facts, headline } from './result-line.ts'

export interface ScaleView {
  readonly nodes: number
  readonly cohorts: readonly {
    readonly name: string
    readonly instanceType: string
    readonly zone: string
    readonly nodes: number
    readonly draining: number
    readonly whole: boolean
  }[]
  readonly usdPerHour: Sum
}

/** The state in the form that the command takes, so that it can be put back. */
export function formatScaleState(fleet: string, state: ScaleView, theme: Theme, columns?: number): string[] {
  return [
    sanitise(`muster scale ${fleet} ${state.nodes}`),
    ...cohortLines(state, columns).map((line) => theme.faint(line)),
  ]
}

/** What scaling has come to, with its price before and after. */
export function formatScaled(
  scaled: { readonly fleet: string; readonly before: ScaleView; readonly after: ScaleView; readonly ms: number },
  cloud: string,
  theme: Theme,
  columns?: number,
): string[] {
  const { fleet, before, after, ms } = scaled
  const text = `${fleet} has ${count(after.nodes, 'node')} (before: ${before.nodes}) after ${showDuration(ms)}`
  return [headline(true, text, theme), ...cohortLines(after, columns), ...prices(scaled, cloud, theme)]
}

/** What scaling would do. */
export function formatScalePlan(
  plan: {
    readonly cloud: string
    readonly fleet: string
    readonly before: ScaleView
    readonly after: ScaleView
    readonly actions: readonly { readonly what: string; readonly reason: string }[]
    readonly waits: readonly string[]
    readonly converged: boolean
  },
  theme: Theme,
  columns?: number,
): string[] {
  const { fleet, before, after, actions, waits, converged } = plan
  if (converged) return [headline(true, `${fleet} is already as wanted: ${count(before.nodes, 'node')}`, theme)]
  const rows = actions.map(({ what, reason }) => [what, reason])
  return [
    theme.strong(sanitise(`${fleet}: ${before.nodes} -> ${count(after.nodes, 'node')}`)),
    ...(rows.length === 0 ? [] : table([{ title: 'ACTION' }, { title: 'WHY', flexible: true }], rows, columns)),
    ...waits.map((wait) => sanitise(`wait for ${wait}`)),
    ...prices(plan, plan.cloud, theme),
    theme.faint('this is a plan: nothing was changed'),
  ]
}

function cohortLines({ cohorts }: ScaleView, columns?: number): string[] {
  if (cohorts.length === 0) return []
  const rows = cohorts.map((one) => [
    one.name,
    one.instanceType,
    one.zone,
    String(one.nodes),
    [one.draining > 0 ? `${one.draining} draining` : '', one.whole || one.nodes === 0 ? '' : 'broken'].join(' ').trim(),
  ])
  const titles = ['COHORT', 'TYPE', 'ZONE', 'NODES', ''].map((title) => ({ title }))
  return table(titles, rows, columns)
}

function prices({ before, after }: { before: ScaleView; after: ScaleView }, cloud: string, theme: Theme): string[] {
  const pair: [string, string][] = [
    ['before', showSum(before.usdPerHour, '/h')],
    ['after', showSum(after.usdPerHour, '/h')],
  ]
  return [moneyTitle(cloud), ...facts(pair, theme)]
}
