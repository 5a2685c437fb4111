import type { Theme } from './theme.ts'
import { showPercent } from './units.ts'

/** `█████░░░░░  45 %`: a bar of `columns` and the number. */
export function bar(percent: number, columns: number, theme: Theme): string {
  const { full, empty } = theme.signs
  const length = Math.max(1, columns)
  const filled = Math.floor((Math.min(100, Math.max(0, percent)) / 100) * length)
  return `${full.repeat(filled)}${empty.repeat(length - filled)} ${showPercent(percent).padStart(5)}`
}
