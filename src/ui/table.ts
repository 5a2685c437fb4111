import { cut, fill, textWidth } from './width.ts'
import { sanitise } from './sanitise.ts'

export interface Column {
  readonly title: string
  /** Numbers stand to the right. */
  readonly side?: 'left' | 'right'
  /** May be cut where the table is too wide; ids and states may not. */
  readonly flexible?: boolean
  /** Left out, the lowest number first, where the table is too wide though all that may be cut is cut. */
  readonly leaves?: number
}

/** A table as lines, at most `width` columns wide (Infinity: as wide as it is). Cells are made safe for a terminal. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const first = firstToLeave(columns, rows, width)
  if (first !== null)
    return table(
      without(columns, first),
      rows.map((row) => without(row, first)),
      width,
    )
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

const LEAST = 8

/** Which column is left out first; null where all find room, or none of those that are left may go. */
function firstToLeave(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number | null {
  if (width === Number.POSITIVE_INFINITY) return null
  const least = columns.map(({ title, flexible }, at) => {
    const natural = Math.max(textWidth(title), ...rows.map((row) => textWidth(sanitise(row[at] ?? ''))))
    return flexible === true ? Math.min(natural, LEAST) : natural
  })
  if (least.reduce((sum, one) => sum + one + 2, -2) <= width) return null
  const order = columns.map(({ leaves }) => leaves ?? Number.POSITIVE_INFINITY)
  const lowest = Math.min(...order)
  return lowest === Number.POSITIVE_INFINITY ? null : order.indexOf(lowest)
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, nth) => nth !== at)

/** Takes what is too much from the widest flexible column, again and again; none falls below LEAST. */
function fit(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural]
  let over = widths.reduce((sum, one) => sum + one + 2, -2) - width
  while (over > 0) {
    const flexible = widths.map((one, at) => (columns[at]!.flexible === true ? one : 0))
    const widest = flexible.indexOf(Math.max(...flexible))
    if (flexible[widest]! <= LEAST) break
    widths[widest]! -= 1
    over -= 1
  }
  return widths
}
