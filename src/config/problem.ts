import { MusterError } from '../core/errors/muster-error.ts'
import type { ErrorCode } from '../core/errors/codes.ts'

/** One thing that is wrong in what the user wrote; `where` is `muster.yaml:12:5`, or the flag or variable. */
export interface Problem {
  readonly where: string
  readonly text: string
  /** Where to look in the file, from 1; null outside of files. */
  readonly position: Position | null
}

export interface Position {
  readonly line: number
  readonly column: number
}

/** More lines than this help nobody. */
const MOST_SHOWN = 20

/** A problem at a place in a file. */
export function problemAt(file: string, position: Position, text: string): Problem {
  return { where: `${file}:${position.line}:${position.column}`, text, position }
}

/** A problem of a flag, a variable, or a file as a whole. */
export function problemOf(where: string, text: string): Problem {
  return { where, text, position: null }
}

/** All problems in one error, one line each, in the order of the file. Never returns where there is one. */
export function refuse(code: ErrorCode, problems: readonly Problem[], suggestions?: readonly string[]): void {
  if (problems.length === 0) return
  // A file's name may hold line breaks, which must not look like further problems; two alternatives of a schema may say the same.
  const all = problems.toSorted(inFileOrder).map(({ where, text }) => `${where.replaceAll('\n', '\\n')}: ${text}`)
  const lines = [...new Set(all)]
  const shown = lines.slice(0, MOST_SHOWN)
  if (lines.length > shown.length) shown.push(`and ${lines.length - shown.length} more`)
  const message = lines.length === 1 ? lines[0]! : `${lines.length} problems:\n  ${shown.join('\n  ')}`
  throw new MusterError(code, message, { data: { problems: lines }, ...(suggestions && { suggestions }) })
}

function inFileOrder(a: Problem, b: Problem): number {
  if (a.position === null || b.position === null) return 0
  return a.position.line - b.position.line || a.position.column - b.position.column
}
