import { AwsError } from '../../aws-error.ts'
import { constraintsOf, fault, serialization } from './constraint.ts'
import type { ListLimits, NumberLimits, TextLimits } from './constraint.ts'

/**
 * What a JSON service knows of its requests' members before any operation looks at them: AWS's front end checks them against
 * the service model and names every broken constraint at once. Members that the model does not have are let pass, as AWS does.
 */
export interface Shape<T> {
  /** The typed value; adds to `faults` what is wrong. Throws AwsError where the JSON type itself does not fit. */
  read(value: unknown, path: string, faults: string[]): T
  /** What a member of a list must satisfy, in AWS's words. */
  readonly constraints: readonly string[]
}

export type Read<S> = S extends Shape<infer T> ? T : never

type Members = Readonly<Record<string, Shape<unknown>>>
type ReadMembers<R extends Members, O extends Members> = { readonly [K in keyof R]: Read<R[K]> } & {
  readonly [K in keyof O]?: Read<O[K]> | undefined
}

/**
 * Reads a request. Throws AwsError with the given code (`ValidationException` for SSM, `BadRequest` for FSx) and AWS's
 * sentence "2 validation errors detected: ...".
 */
export function readRequest<T>(shape: Shape<T>, input: unknown, code: string): T {
  const faults: string[] = []
  const value = shape.read(input, '', faults)
  if (faults.length === 0) return value
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`
  throw new AwsError(code, `${count}: ${faults.join('; ')}`)
}

export function text(limits: TextLimits = {}): Shape<string> {
  return scalar('string', constraintsOf(limits))
}

/** A string of a fixed set. */
export function oneOf<const V extends readonly string[]>(...values: V): Shape<V[number]> {
  return scalar('string', constraintsOf({ oneOf: values })) as Shape<V[number]>
}

export function integer(limits: NumberLimits = {}): Shape<number> {
  return scalar('integer', constraintsOf(limits))
}

export function flag(): Shape<boolean> {
  return scalar('boolean', [])
}

interface Types {
  readonly string: string
  readonly integer: number
  readonly boolean: boolean
}

function scalar<K extends keyof Types>(kind: K, constraints: readonly Constraint[]): Shape<Types[K]> {
  return {
    constraints: constraints.map(({ words }) => words),
    read(value, path, faults) {
      const fits = kind === 'integer' ? Number.isInteger(value) : typeof value === kind
      if (!fits) throw serialization(value, kind)
      const broken = constraints.filter(({ holds }) => !holds(value))
      faults.push(...broken.map(({ words }) => fault(value, path, words)))
      return value as Types[K]
    },
  }
}

type Constraint = ReturnType<typeof constraintsOf>[number]

/** A list; a broken scalar member is told of as the whole list's fault, a broken structure by its own path. */
export function listOf<T>(member: Shape<T>, limits: ListLimits = {}): Shape<readonly T[]> {
  const own = constraintsOf({ minLength: limits.min, maxLength: limits.max })
  return {
    constraints: own.map(({ words }) => words),
    read(value, path, faults) {
      if (!Array.isArray(value)) throw serialization(value, 'list')
      const broken = own.filter(({ holds }) => !holds(value))
      faults.push(...broken.map(({ words }) => fault(value, path, words)))
      const below: string[] = []
      const values = value.map((each, index) => member.read(each, `${path}.${index + 1}.member`, below))
      if (below.length > 0 && member.constraints.length > 0) {
        faults.push(fault(value, path, `Member must satisfy constraint: [${member.constraints.join(', ')}]`))
      } else faults.push(...below)
      return values
    },
  }
}

export function mapOf<T>(member: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    constraints: [],
    read(value, path, faults) {
      const entries = Object.entries(asObject(value))
      return Object.fromEntries(
        entries.map(([key, each]) => [key, member.read(each, `${path}.${key}.member`, faults)] as const),
      )
    },
  }
}

/** A structure: members that must be there, and members that may. */
export function members<R extends Members, O extends Members>(required: R, optional: O): Shape<ReadMembers<R, O>> {
  return {
    constraints: [],
    read(value, path, faults) {
      const from = asObject(value)
      const read: Record<string, unknown> = {}
      for (const [name, shape] of Object.entries({ ...required, ...optional })) {
        const at = `${path}${path === '' ? '' : '.'}${name.charAt(0).toLowerCase()}${name.slice(1)}`
        const given = from[name] ?? undefined
        if (given !== undefined) read[name] = shape.read(given, at, faults)
        else if (name in required)
          faults.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`)
      }
      return read as ReadMembers<R, O>
    },
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw serialization(value, 'structure')
  return value as Readonly<Record<string, unknown>>
}
