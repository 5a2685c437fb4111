import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { count } from '../../kit/count.ts'
import { headline } from './result-line.ts'

export interface SetupSummary {
  readonly goal: 'make' | 'remove'
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly actions: readonly { readonly what: string; readonly reason: string; readonly usdPerHour: number }[]
  readonly usdPerHour: number
  readonly pricesOf: string
  readonly notes: readonly string[]
  readonly converged: boolean
}

const money = (usd: number) => `$${usd.toFixed(3)}/h`

/** What setup would do, why, and what of it costs; the last line says that nothing was done. */
export function formatSetupPreview(preview: SetupSummary, theme: Theme, columns?: number): string[] {
  const { cloud, region, account, actions, usdPerHour, notes, converged } = preview
  const rows = actions.map(({ what, reason, usdPerHour: usd }) => [what, usd === 0 ? '' : money(usd), reason])
  const titles = [{ title: 'ACTION' }, { title: 'COSTS' }, { title: 'WHY', flexible: true }]
  return [
    theme.faint(sanitise(`${cloud}, region ${region}, account ${account}`)),
    ...(converged ? [headline(true, nothingToDo(preview), theme)] : table(titles, rows, columns)),
    ...(usdPerHour === 0 ? [] : [priceLine(preview)]),
    ...notes.map((note) => theme.warning(sanitise(`note: ${note}`))),
    ...(converged ? [] : [theme.faint(`this is a plan: nothing was ${preview.goal === 'make' ? 'made' : 'removed'}`)]),
  ]
}

/** One line: what there is now, and what it costs. */
export function formatSetup(result: SetupSummary, theme: Theme): string[] {
  if (result.converged) return [headline(true, nothingToDo(result), theme)]
  const { goal, region, actions, usdPerHour } = result
  const done = `${count(actions.length, 'step')} in ${region}`
  if (goal === 'remove') return [headline(true, `setup taken away: ${done}; the API shows nothing of it`, theme)]
  return [
    headline(true, `set up: ${done}; fleets without network: in muster.yaml use it`, theme),
    ...(usdPerHour === 0 ? [] : [priceLine(result)]),
  ]
}

function nothingToDo({ goal, region }: SetupSummary): string {
  return goal === 'make' ? `${region} is set up already: nothing to do` : `nothing of setup is in ${region}`
}

function priceLine({ cloud, usdPerHour, pricesOf }: SetupSummary): string {
  const free = cloud === 'sandbox' ? 'would cost on AWS (the sandbox is free)' : 'costs until it is removed'
  return `${free}: ${money(usdPerHour)}, traffic besides (${pricesOf})`
}
