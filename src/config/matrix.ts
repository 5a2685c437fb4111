import type { MatrixAxis } from '../core/queue/matrix.ts'
import { MOST_TASKS } from './array.ts'

/** `1..5` in a matrix: whole numbers, both ends included. Null for what is no range. */
function range(text: string): string[] | null {
  const match = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(text)
  if (!match) return null
  const [from, to] = [Number(match[1]), Number(match[2])]
  if (to < from || to - from >= MOST_TASKS) return null
  return Array.from({ length: to - from + 1 }, (_, nth) => String(from + nth))
}

/** Values as they are written in a file: a list, or one that may be a range. */
export function axisOf(name: string, written: readonly string[]): MatrixAxis {
  return { name, values: written.flatMap((value) => range(value) ?? [value]) }
}

/** `--matrix lr=0.1,0.01` and `--matrix seed=1..5`; null for what has another form. */
export function parseAxis(text: string): MatrixAxis | null {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/s.exec(text)
  return match?.[1] === undefined || match[2] === undefined ? null : axisOf(match[1], match[2].split(','))
}
