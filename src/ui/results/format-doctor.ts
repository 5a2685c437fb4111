import { sanitise } from '../sanitise.ts'
import type { Theme } from '../theme.ts'
import { count } from '../../kit/count.ts'

export interface DoctorSummary {
  readonly cloud: string
  readonly region: string | null
  readonly account: string | null
  readonly findings: readonly {
    readonly check: string
    readonly state: 'ok' | 'warn' | 'fail'
    readonly message: string
    readonly fix: string | null
  }[]
}

/** One line a finding, its fix below; the last line counts. */
export function formatDoctor({ cloud, region, account, findings }: DoctorSummary, theme: Theme): string[] {
  const where = region === null ? cloud : `${cloud}, region ${region}, account ${account}`
  const width = Math.max(...findings.map((finding) => finding.check.length))
  const lines = findings.flatMap(({ check, state, message, fix }) => [
    `${sign(state, theme)} ${sanitise(`${check.padEnd(width)}  ${message}`)}`,
    ...(fix === null ? [] : [theme.name(sanitise(`${' '.repeat(width + 6)}  fix: ${fix}`))]),
  ])
  return [theme.faint(sanitise(where)), ...lines, summary(findings, theme)]
}

function sign(state: 'ok' | 'warn' | 'fail', theme: Theme): string {
  if (state === 'ok') return theme.done('ok  ')
  return state === 'warn' ? theme.warning('warn') : theme.failed('fail')
}

function summary(findings: DoctorSummary['findings'], theme: Theme): string {
  const of = (state: 'warn' | 'fail') => findings.filter((finding) => finding.state === state).length
  const [failed, warned] = [of('fail'), of('warn')]
  const said = `${count(findings.length, 'check')}: ${failed} failed, ${count(warned, 'warning')}`
  return failed > 0 ? theme.failed(said) : theme.strong(said)
}
