import type { MatrixAxis } from '../core/queue/matrix.ts'
import { MOST_TASKS } from './array.ts'
import { showValue } from './show-value.ts'

/** What looks like one, right or wrong: `1..5`, `5..1`, `0.1..0.5`, `0..10..2`. */
const LIKE_A_RANGE = /^-?[\d.]*\d\.\.-?\.?\d[\d.]*$/
const RANGE = /^(-?\d{1,9})\.\.(-?\d{1,9})$/

/** `1..5` in a matrix: whole numbers, both ends included. Null for what is no range, or not a right one. */
function range(text: string): string[] | null {
  const match = RANGE.exec(text)
  if (!match) return null
  const [from, to] = [Number(match[1]), Number(match[2])]
  if (to < from || to - from >= MOST_TASKS) return null
  return Array.from({ length: to - from + 1 }, (_, nth) => String(from + nth))
}

/** What is wrong with an axis as it was read: ranges that are none, which nobody means word for word. Null where nothing is. */
export function axisProblem({ name, values }: MatrixAxis): string | null {
  const wrong = values.find((value) => LIKE_A_RANGE.test(value))
  const must = `must be whole numbers that go up, such as 1..5, at most ${MOST_TASKS} of them`
  return wrong === undefined ? null : `${name} has ${showValue(wrong)}; a range ${must}`
}

/** Values as they are written in a file: a list, or one that may be a range. */
export function axisOf(name: string, written: readonly string[]): MatrixAxis {
  return { name, values: written.flatMap((value) => range(value) ?? [value]) }
}

/** `--matrix lr=0.1,0.01` and `--matrix seed=1..5`; null for what has another form. */
export function parseAxis(text: string): MatrixAxis | null {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/s.exec(text)
  const values = match?.[2]?.split(',') ?? ['']
  return match?.[1] === undefined || values.includes('') ? null : axisOf(match[1], values)
}
