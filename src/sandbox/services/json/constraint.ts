import { AwsError } from '../../aws-error.ts'

/** The constraints of a service model and the words that pass for AWS's in public issues (hashicorp/terraform, aws-fsx-csi-driver 47; not opened again). */
export interface TextLimits {
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly pattern?: RegExp | undefined
}

export interface NumberLimits {
  readonly least?: number | undefined
  readonly most?: number | undefined
}

export interface ListLimits {
  readonly min?: number | undefined
  readonly max?: number | undefined
}

interface Constraint {
  readonly words: string
  readonly holds: (value: unknown) => boolean
}

interface AnyLimits extends TextLimits, NumberLimits {
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly oneOf?: readonly string[] | undefined
}

/** Every constraint that the limits name, each with its words. */
export function constraintsOf(limits: AnyLimits): readonly Constraint[] {
  const found: Constraint[] = []
  const add = (words: string, holds: Constraint['holds']): void => void found.push({ words, holds })
  const longest = limits.max ?? limits.maxLength
  const shortest = limits.min ?? limits.minLength
  const { pattern, least, most, oneOf } = limits
  if (longest !== undefined)
    add(`Member must have length less than or equal to ${longest}`, (v) => lengthOf(v) <= longest)
  if (shortest !== undefined)
    add(`Member must have length greater than or equal to ${shortest}`, (v) => lengthOf(v) >= shortest)
  if (most !== undefined) add(`Member must have value less than or equal to ${most}`, (v) => Number(v) <= most)
  if (least !== undefined) add(`Member must have value greater than or equal to ${least}`, (v) => Number(v) >= least)
  if (oneOf) add(`Member must satisfy enum value set: [${oneOf.join(', ')}]`, (v) => oneOf.includes(String(v)))
  if (pattern) add(`Member must satisfy regular expression pattern: ${pattern.source}`, (v) => pattern.test(String(v)))
  return found
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : String(value).length)

export function fault(value: unknown, path: string, words: string): string {
  return `Value '${shown(value)}' at '${path}' failed to satisfy constraint: ${words}`
}

/** As AWS's Java prints a value: lists in brackets, strings bare. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const KINDS: Readonly<Record<string, string>> = { string: 'a String', integer: 'an Integer', boolean: 'a Boolean' }

/** JSON of the wrong type never reaches the constraints. */
export function serialization(value: unknown, kind: string): AwsError {
  const expected = KINDS[kind]
  if (expected === undefined || (typeof value === 'object' && value !== null)) {
    const found = Array.isArray(value)
      ? 'Start of list'
      : typeof value === 'object'
        ? 'Start of structure or map'
        : 'Scalar value'
    return new AwsError('SerializationException', `${found} found where not expected.`)
  }
  const given =
    typeof value === 'boolean'
      ? value
        ? 'TRUE_VALUE'
        : 'FALSE_VALUE'
      : `${typeof value === 'number' ? (Number.isInteger(value) ? 'NUMBER' : 'DECIMAL') : 'STRING'}_VALUE`
  return new AwsError('SerializationException', `${given} can not be converted to ${expected}`)
}
