import type { Sum } from '../../core/cost/cost.ts'
import { describeLayout } from '../../core/fleet/describe-layout.ts'
import { describeStorage } from '../../core/fleet/describe-storage.ts'
import type { PlannedInterface } from '../../core/fleet/network-layout.ts'
import type { StorageSpec } from '../../core/fleet/storage-spec.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showDuration, showMoney } from '../units.ts'
import { expectedLines, type ExpectedTimes } from './expected-lines.ts'
import { count } from '../../kit/count.ts'
import { ladderLines, type LadderSummary } from './ladder-lines.ts'
import { moneyTitle, showSum } from './money.ts'
import { quotaFacts, type QuotaSummary } from './quota-lines.ts'
import { facts, headline } from './result-line.ts'

export interface PlanSummary {
  readonly goal: 'raise' | 'remove'
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly fleet: string
  readonly actions: readonly { readonly what: string; readonly reason: string }[]
  readonly waits: readonly string[]
  readonly converged: boolean
}

export interface RaiseSummary extends PlanSummary, LadderSummary {
  readonly goal: 'raise'
  readonly wanted: {
    readonly instanceType: string
    readonly nodes: number
    readonly placement: string
    readonly storage: StorageSpec | null
  }
  readonly job: {
    readonly name: string
    readonly launcher: string
    readonly nodes: number
    readonly tasksPerNode: number
    readonly timeLimitS: number | null
    readonly keep: boolean
  } | null
  readonly interfaces: readonly PlannedInterface[]
  readonly quotas: readonly QuotaSummary[]
  readonly cost: {
    readonly parts: readonly {
      readonly what: string
      readonly usdPerHour: number | null
      readonly asOf: string | null
    }[]
    readonly usdPerHour: Sum
  }
  readonly worstCase: { readonly hours: number; readonly usd: Sum; readonly by: 'maxLife' | 'limits.total' | 'day' }
  readonly expected: ExpectedTimes
}

/** What would be done, why, for how much and in what time; the last line says that nothing was. */
export function formatRaisePlan(plan: RaiseSummary, theme: Theme, columns?: number): string[] {
  const { wanted, job, cost, worstCase, converged } = plan
  const { storage } = wanted
  const disk = storage ? `storage ${describeStorage(storage)}` : 'no storage'
  const spec = `${wanted.nodes} x ${wanted.instanceType}, placement ${wanted.placement}, ${disk}`
  const prices = cost.parts.map(({ what, usdPerHour, asOf }): [string, string] => [
    what,
    usdPerHour === null ? 'price unknown' : `${showMoney(usdPerHour)}/h (price of ${asOf})`,
  ])
  const sums: [string, string][] = [
    ['in all', showSum(cost.usdPerHour, '/h')],
    [worstCaseTitle(worstCase), showSum(worstCase.usd)],
  ]
  return [
    ...opening(plan, theme),
    ...(converged
      ? [headline(true, `${plan.fleet} is already as wanted: ${spec}`, theme)]
      : [theme.strong(sanitise(`${plan.fleet}: ${spec}`)), ...actionLines(plan, columns)]),
    ...(plan.interfaces.length === 0 ? [] : [`each node has ${describeLayout(plan.interfaces)}`]),
    ...(job ? [sanitise(`then job ${jobLine(job)}`)] : []),
    ...ladderLines(plan, columns),
    moneyTitle(plan.cloud),
    ...facts([...prices, ...sums, ...quotaFacts(plan.quotas)], theme),
    ...expectedLines(plan.expected, theme),
    ...(converged ? [] : [theme.faint('this is a plan: nothing was made')]),
  ]
}

function worstCaseTitle({ hours, by }: RaiseSummary['worstCase']): string {
  return `worst case, up for ${Math.round(hours * 10) / 10} h${by === 'day' ? '' : ` (${by})`}`
}

/** What a teardown would remove, fleet by fleet. */
export function formatRemovalPlans(plans: readonly PlanSummary[], theme: Theme, columns?: number): string[] {
  if (plans.length === 0) return [headline(true, 'there is no fleet to take down', theme)]
  return plans.flatMap((plan, at) => [
    ...(at === 0 ? opening(plan, theme) : []),
    ...(plan.converged
      ? [headline(true, `${plan.fleet} is already as wanted: nothing of it is there`, theme)]
      : [
          theme.strong(sanitise(`${plan.fleet}: would be taken down`)),
          ...actionLines(plan, columns),
          theme.faint('this is a plan: nothing was removed'),
        ]),
  ])
}

function opening({ cloud, region, account }: PlanSummary, theme: Theme): string[] {
  return [theme.faint(sanitise(`${cloud}, region ${region}, account ${account}`))]
}

function actionLines({ goal, actions, waits }: PlanSummary, columns?: number): string[] {
  const rows = actions.map(({ what, reason }) => [what, reason])
  const width = columns === undefined ? undefined : columns - 2
  const titles = [{ title: 'ACTION' }, { title: 'WHY', flexible: true }]
  return [
    ...(rows.length === 0 ? [] : table(titles, rows, width).map((line) => `  ${line}`)),
    // Of a teardown the waits follow from its actions.
    ...(goal === 'remove' && rows.length > 0 ? [] : waits.map((wait) => sanitise(`  wait for ${wait}`))),
  ]
}

function jobLine({ name, launcher, nodes, tasksPerNode, timeLimitS, keep }: NonNullable<RaiseSummary['job']>): string {
  const tasks = `${count(nodes, 'node')} x ${count(tasksPerNode, 'task')}`
  const limit = timeLimitS === null ? 'no time limit' : `at most ${showDuration(timeLimitS * 1000)}`
  return `${name}: ${launcher}, ${tasks}, ${limit}; then the fleet ${keep ? 'is kept' : 'is taken down'}`
}
