import type { Theme } from '../theme.ts'
import { showDuration } from '../units.ts'
import { facts } from './result-line.ts'

export interface ExpectedTimes {
  readonly phases: readonly {
    readonly name: string
    readonly leastMs: number | null
    readonly mostMs: number | null
  }[]
  readonly ready: { readonly leastMs: number; readonly mostMs: number }
  readonly source: string | null
}

/** How long until a job's first rank, by phase, and on whose word. */
export function expectedLines({ phases, ready, source }: ExpectedTimes, theme: Theme): string[] {
  if (source === null) return []
  const unknown = phases.filter((phase) => phase.leastMs === null).map((phase) => phase.name)
  const without = unknown.length === 0 ? '' : `, without ${unknown.join(' and ')}`
  const beside = (name: string) => (name === 'storage' ? ', while the nodes boot' : '')
  const rows = phases.map(({ name, leastMs, mostMs }): [string, string] => [
    name,
    leastMs === null || mostMs === null ? 'unknown' : `${span(leastMs, mostMs)}${beside(name)}`,
  ])
  return [
    `until the first rank (${source})`,
    ...facts([...rows, ['in all', `${span(ready.leastMs, ready.mostMs)}${without}`]], theme),
  ]
}

function span(leastMs: number, mostMs: number): string {
  const [least, most] = [showDuration(leastMs), showDuration(mostMs)]
  return least === most ? least : `${least} to ${most}`
}
