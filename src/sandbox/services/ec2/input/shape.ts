import { AwsError } from '../../../aws-error.ts'
import { invalidValue, missingParameter, notImplemented } from '../errors.ts'

/**
 * Describes what an operation takes, so that reading and refusing are one thing: leaves arrive as strings, and come out
 * typed. A parameter that AWS does not know is refused as AWS refuses it; one that AWS knows and the sandbox lacks says so.
 */
export type Parser<T> = (value: unknown, path: string) => T

export interface RequiredField<T> {
  readonly required: Parser<T>
}

type Field = Parser<unknown> | RequiredField<unknown>
export type Fields = Readonly<Record<string, Field>>

type Out<F> = F extends RequiredField<infer T> ? T : F extends Parser<infer T> ? T : never

export type Parsed<F extends Fields> = {
  readonly [K in keyof F as F[K] extends RequiredField<unknown> ? K : never]: Out<F[K]>
} & {
  readonly [K in keyof F as F[K] extends RequiredField<unknown> ? never : K]?: Out<F[K]> | undefined
}

/** A structure; `path` is empty for the request itself. */
export function record<F extends Fields>(fields: F): Parser<Parsed<F>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw invalidValue(`Value (${shown(value)}) for parameter ${path} is invalid. A structure is expected.`)
    const given = value as Record<string, unknown>
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    for (const name of Object.keys(given))
      if (!Object.hasOwn(fields, name))
        throw new AwsError('UnknownParameter', `The parameter ${at(name)} is not recognized`)
    const parsed: Record<string, unknown> = {}
    for (const [name, field] of Object.entries<Field>(fields)) {
      const raw = given[name]
      if (typeof field === 'function') {
        if (raw !== undefined) parsed[name] = field(raw, at(name))
      } else if (raw === undefined) throw missingParameter(at(name))
      else parsed[name] = field.required(raw, at(name))
    }
    return parsed as Parsed<F>
  }
}

export function required<T>(parser: Parser<T>): RequiredField<T> {
  return { required: parser }
}

/** A numbered list (`Filter.1`, `Filter.2`); `most` is AWS's limit. */
export function list<T>(member: Parser<T>, most = Number.POSITIVE_INFINITY): Parser<readonly NoInfer<T>[]> {
  return (value, path) => {
    // The decoder cannot tell an empty list (`InstanceId=`) from an empty string.
    const members = value === '' ? [] : Array.isArray(value) ? (value as unknown[]) : undefined
    if (members === undefined)
      throw invalidValue(`Value (${shown(value)}) for parameter ${path} is invalid. A list is expected.`)
    if (members.length > most)
      throw invalidValue(
        `Value for parameter ${path} is invalid. It holds ${members.length} items; at most ${most} are allowed.`,
      )
    return members.map((item, index) => member(item, `${path}.${index + 1}`))
  }
}

/** Anything that AWS takes and that changes nothing here: kept as it came. */
export const anything: Parser<unknown> = (value) => value

/** What AWS offers and the sandbox does not: an error that says so, never silence. */
export const unimplemented: Parser<never> = (_value, path) => {
  throw notImplemented(`the parameter ${path}`)
}

/** What was sent where something else was expected; structures have no text of their own. */
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
