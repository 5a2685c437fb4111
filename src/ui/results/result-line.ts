import { sanitise } from '../sanitise.ts'
import type { Theme } from '../theme.ts'
import { showDuration } from '../units.ts'
import { fill, textWidth } from '../width.ts'

/** `  results  results/heat-... (3 files)`: facts below each other, their names aligned. */
export function facts(pairs: readonly (readonly [name: string, text: string])[], theme: Theme): string[] {
  const width = Math.max(0, ...pairs.map(([name]) => textWidth(sanitise(name))))
  return pairs.map(([name, text]) => `  ${theme.faint(fill(sanitise(name), width))}  ${sanitise(text)}`)
}

/** What took how long, one line each, and the total where there is more than one. */
export function phaseLines(phases: readonly { readonly name: string; readonly ms: number }[], theme: Theme): string[] {
  const total = phases.reduce((sum, phase) => sum + phase.ms, 0)
  const rows = phases.length > 1 ? [...phases, { name: 'in all', ms: total }] : phases
  const times = rows.map((row) => showDuration(row.ms))
  const names = Math.max(0, ...rows.map((row) => textWidth(sanitise(row.name))))
  const width = Math.max(0, ...times.map((time) => textWidth(time)))
  return rows.map((row, at) => {
    const line = `  ${fill(sanitise(row.name), names)}  ${fill(times[at]!, width, 'right')}`
    return at === phases.length ? theme.strong(line) : line
  })
}

export function headline(good: boolean, text: string, theme: Theme): string {
  const sign = good ? theme.done(theme.signs.done) : theme.failed(theme.signs.failed)
  return `${sign} ${theme.strong(sanitise(text))}`
}
