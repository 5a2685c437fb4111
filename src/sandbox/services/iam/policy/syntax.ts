import { malformedPolicy } from '../errors.ts'

/** One string or a list of them. */
export function strings(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (!list.every((each) => typeof each === 'string')) throw syntax()
  return list
}

export const syntax = (): Error => malformedPolicy('Syntax errors in policy.')

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
