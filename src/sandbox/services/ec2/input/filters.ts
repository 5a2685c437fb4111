import { AwsError } from '../../../aws-error.ts'
import { invalidValue } from '../errors.ts'
import { text } from './leaves.ts'
import { list, record, required } from './shape.ts'
import type { Parsed } from './shape.ts'

/**
 * EC2's filters: the values of one filter are alternatives, filters must all hold, `*` and `?` are wildcards (a backslash
 * takes their meaning away), letters count by case. A name that the operation does not have is an error, not an empty answer.
 */
const filterFields = { Name: required(text), Value: required(list(text, 200)) }
export const filters = list(record(filterFields))
export type Filter = Parsed<typeof filterFields>

type Value = string | number | boolean | Date | null | undefined
/** What a filter of the name compares; several values where any of them may match. */
export type FilterTable<T> = Readonly<Record<string, (item: T) => Value | readonly Value[]>>

/** Filters of what nothing here can have: AWS takes them too, and where nothing has it nothing matches. */
export const absent = (...names: readonly string[]): FilterTable<unknown> =>
  Object.fromEntries(names.map((name) => [name, () => undefined]))

/** Makes the test that an item must pass. `tags` gives an item's tags where the resource has any. */
export function matcher<T>(
  wanted: readonly Filter[] | undefined,
  table: FilterTable<T>,
  tags?: (item: T) => ReadonlyMap<string, string>,
): (item: T) => boolean {
  const tests = (wanted ?? []).map((filter) => testOf(filter, table, tags))
  return (item) => tests.every((test) => test(item))
}

function testOf<T>(
  filter: Filter,
  table: FilterTable<T>,
  tags?: (item: T) => ReadonlyMap<string, string>,
): (item: T) => boolean {
  const { Name: name, Value: values } = filter
  if (values.some((value) => value.length > 255))
    throw new AwsError('FilterLimitExceeded', 'The maximum length for a filter value is 255 characters')
  const patterns = values.map(patternOf)
  const matches = (value: string): boolean => patterns.some((pattern) => pattern(value))
  if (tags !== undefined && name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return (item) => {
      const value = tags(item).get(key)
      return value !== undefined && matches(value)
    }
  }
  if (tags !== undefined && name === 'tag-key') return (item) => [...tags(item).keys()].some(matches)
  if (tags !== undefined && name === 'tag-value') return (item) => [...tags(item).values()].some(matches)
  const read = Object.hasOwn(table, name) ? table[name] : undefined
  if (read === undefined) throw invalidValue(`The filter '${name}' is invalid`)
  return (item) => [read(item)].flat().some((value) => value !== undefined && value !== null && matches(wordOf(value)))
}

const wordOf = (value: NonNullable<Value>): string => (value instanceof Date ? value.toISOString() : String(value))

function patternOf(value: string): (candidate: string) => boolean {
  if (!/[*?\\]/.test(value)) return (candidate) => candidate === value
  const source = value.replaceAll(
    /\\([\s\S])|([*?])|([^\w\s])/g,
    (_all, escaped?: string, wildcard?: string, plain?: string) => {
      if (wildcard !== undefined) return wildcard === '*' ? '[\\s\\S]*' : '[\\s\\S]'
      return (escaped ?? plain ?? '').replaceAll(/[^\w\s]/g, '\\$&')
    },
  )
  const expression = new RegExp(`^${source}$`)
  return (candidate) => expression.test(candidate)
}
