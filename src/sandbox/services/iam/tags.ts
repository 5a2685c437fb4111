import type { Read } from '../json/shape.ts'
import { invalidInput, limitExceeded } from './errors.ts'
import type { TAGS } from './input.ts'

export const MOST_TAGS = 50

/** The tags with the new ones put in. Keys count without regard to case here, unlike EC2's. Throws InvalidInput, LimitExceeded. */
export function tagged(
  before: ReadonlyMap<string, string>,
  added: Read<typeof TAGS>,
  quota: string,
): ReadonlyMap<string, string> {
  const after = new Map([...before].map(([key, value]) => [key.toLowerCase(), [key, value] as const]))
  const keys = new Set(added.map(({ Key }) => Key.toLowerCase()))
  if (keys.size < added.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  for (const { Key, Value } of added) {
    if (Key.toLowerCase().startsWith('aws:'))
      throw invalidInput('Tag keys starting with "aws:" are reserved for system use.')
    after.set(Key.toLowerCase(), [Key, Value])
  }
  if (after.size > MOST_TAGS) throw limitExceeded(quota, MOST_TAGS)
  return new Map(after.values())
}

export function untagged(before: ReadonlyMap<string, string>, keys: readonly string[]): ReadonlyMap<string, string> {
  const gone = new Set(keys.map((key) => key.toLowerCase()))
  return new Map([...before].filter(([key]) => !gone.has(key.toLowerCase())))
}

/** As answers show them; left out where there are none. */
export function tagList(tags: ReadonlyMap<string, string>): readonly object[] | undefined {
  return tags.size === 0 ? undefined : [...tags].map(([Key, Value]) => ({ Key, Value }))
}
