import type { CostResult } from '../../app/results/cost.ts'
import type { FleetSpent, JobSpent } from '../../core/cost/attribute.ts'
import type { Spent } from '../../core/cost/tally.ts'
import { clockTime } from '../../core/events/clock-time.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showSum } from './money.ts'

interface View {
  readonly theme: Theme
  readonly columns?: number | undefined
}

/** The whole of `muster cost`. */
export function formatCost(cost: CostResult, view: View): string[] {
  const { cloud, region, account, at, since, fleets, jobs } = cost
  const clock = (time: number) => clockTime(time, Math.abs(at - time) / 1000)
  const place = `${cloud}, region ${region}, account ${account}`
  const from = since === null ? '' : ` since ${clock(since)}`
  if (fleets.length === 0 && jobs.length === 0) return [view.theme.faint(sanitise(place)), `nothing was paid${from}`]
  const verb = cloud === 'sandbox' ? 'would have cost on AWS (the sandbox is free)' : 'cost, before tax and discounts'
  return [
    view.theme.faint(sanitise(place)),
    `${verb}${from}: ${showSum(cost.paid.usd)}`,
    ...(fleets.length === 0 ? [] : ['', ...fleetTable(fleets, view, clock)]),
    ...(jobs.length === 0 ? [] : ['', ...jobTable(jobs, view)]),
    ...notes(fleets),
  ]
}

const money = (spent: Spent) => showSum(spent.usd)
const hours = (spent: Spent) => spent.hours.toFixed(spent.hours < 10 ? 2 : 1)
const right = (title: string) => ({ title, side: 'right' as const })

function fleetTable(fleets: CostResult['fleets'], view: View, clock: (at: number) => string): string[] {
  const rows = fleets.map((one) => [
    one.fleet,
    money(one.paid),
    money(one.used),
    money(one.wasted),
    money(one.boot),
    money(one.idle),
    money(one.failed),
    money(one.storage),
    hours(one.paid),
    `${clock(one.from)} to ${one.until === null ? 'now' : clock(one.until)}`,
  ])
  const titles = ['PAID', 'USED', 'WASTED', 'BOOT', 'IDLE', 'FAILED', 'STORAGE', 'NODE-HOURS'].map(right)
  return table([{ title: 'FLEET' }, ...titles, { title: 'FROM', flexible: true }], rows, view.columns)
}

function jobTable(jobs: readonly JobSpent[], view: View): string[] {
  const rows = jobs.map((one) => [
    one.job,
    one.fleet,
    money(one.paid),
    money(one.used),
    money(one.failed),
    hours(one.paid),
  ])
  const titles = ['PAID', 'USED', 'FAILED', 'NODE-HOURS'].map(right)
  return table([{ title: 'JOB', flexible: true }, { title: 'FLEET' }, ...titles], rows, view.columns)
}

function notes(fleets: CostResult['fleets']): string[] {
  const unpriced = [...new Set(fleets.flatMap((one) => one.unpriced))]
  const estimated = fleets.reduce((sum, one) => sum + one.estimated, 0)
  return [
    ...(unpriced.length === 0 ? [] : [sanitise(`price unknown, and not counted: ${unpriced.join(', ')}`)]),
    ...(estimated === 0
      ? []
      : [
          `nobody saw ${estimated} of the machines and file systems end: they are counted until they were last heard of, and their lease`,
        ]),
  ]
}
