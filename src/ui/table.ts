import { cut, fill, textWidth } from './width.ts'
import { sanitise } from './sanitise.ts'

export interface Column {
  readonly title: string
  /** Numbers stand to the right. */
  readonly side?: 'left' | 'right'
  /** May be cut where the table is too wide; ids and states may not. */
  readonly flexible?: boolean
}

/** A table as lines, at most `width` columns wide (Infinity: as wide as it is). Cells are made safe for a terminal. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((_, at) => sanitise(row[at] ?? ''))),
  ]
  const natural = columns.map((_, at) => Math.max(...cells.map((row) => textWidth(row[at]!))))
  const widths = fit(columns, natural, width)
  return cells.map((row) =>
    cut(
      row.map((cell, at) => fill(cut(cell, widths[at]!), widths[at]!, columns[at]!.side ?? 'left')).join('  '),
      width,
    ).trimEnd(),
  )
}

/** Takes what is too much from the widest flexible column, again and again; none falls below 8. */
function fit(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural]
  let over = widths.reduce((sum, one) => sum + one + 2, -2) - width
  while (over > 0) {
    const flexible = widths.map((one, at) => (columns[at]!.flexible === true ? one : 0))
    const widest = flexible.indexOf(Math.max(...flexible))
    if (flexible[widest]! <= 8) break
    widths[widest]! -= 1
    over -= 1
  }
  return widths
}
