import type { QuarantineResult } from '../../app/results/status.ts'
import type { Theme } from '../theme.ts'
import { showMoney } from '../units.ts'
import { facts, headline } from './result-line.ts'

/** What `muster quarantine` says in the end; `isReleased` is what was asked for. */
export function formatQuarantine(result: QuarantineResult, isReleased: boolean, theme: Theme): string[] {
  const { fleet, node, change, isLeaving, usdPerHour } = result
  const price = `${usdPerHour === null ? 'price unknown' : `${showMoney(usdPerHour)}/h`} while it is up`
  if (isReleased) {
    const title = change === 'none' ? `${node} of ${fleet} is not quarantined` : `${node} of ${fleet} is trusted again`
    const then = isLeaving ? 'it has left its cohort already, and ends' : 'tasks are placed on it again'
    return [headline(true, title, theme), ...(change === 'none' ? [] : facts([['then', then]], theme))]
  }
  const title = change === 'none' ? `${node} of ${fleet} is quarantined already` : `${node} of ${fleet} is quarantined`
  const then = 'no task is placed on it; with badNodes: replace (the default) it ends as soon as none runs on it'
  return [
    headline(true, title, theme),
    ...facts(
      [
        ['then', then],
        ['cost', price],
        ['look', `muster shell ${node}`],
        ['undo', `muster quarantine ${node} --release`],
      ],
      theme,
    ),
  ]
}
