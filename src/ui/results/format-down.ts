import type { Theme } from '../theme.ts'
import { showDuration, showMoney } from '../units.ts'
import { facts, headline } from './result-line.ts'
import { count } from '../../kit/count.ts'

export interface DownSummary {
  readonly fleet: string
  /** What the API still shows of each kind. */
  readonly proof: Readonly<Record<string, number>>
  readonly nodes: number
  readonly ms: number
  /** Storage that outlives it. */
  readonly kept: readonly {
    readonly id: string
    readonly capacityGiB: number
    readonly usdPerHour: number | null
  }[]
}

/** What `muster down` says in the end, with what the API itself still shows. */
export function formatDown(down: readonly DownSummary[], theme: Theme): string[] {
  if (down.length === 0) return [headline(true, 'there is no fleet to take down', theme)]
  return down.flatMap(({ fleet, proof, nodes, ms, kept }) => {
    const group = kept.length > 0 ? (proof['security groups'] ?? 0) : 0
    const left = Object.values(proof).reduce((sum, number) => sum + number, 0) - kept.length - group
    const shown = Object.entries(proof).map(([what, number]) => `${number} ${what}`)
    const text =
      left === 0 ? `${fleet} is gone${kept.length > 0 ? ', but its storage' : ''}` : `${fleet} is not wholly gone`
    return [
      headline(left === 0, `${text}: ${count(nodes, 'node')} in ${showDuration(ms)}`, theme),
      ...facts([['the API shows', shown.join(', ')], ...kept.map(keptFact)], theme),
    ]
  })
}

function keptFact({ id, capacityGiB, usdPerHour }: DownSummary['kept'][number]): [string, string] {
  const price = usdPerHour === null ? 'price unknown' : `${showMoney(usdPerHour)}/h`
  return ['kept', `${id}, ${capacityGiB} GiB, ${price} on AWS; delete it with: muster storage delete ${id}`]
}
