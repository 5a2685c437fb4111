import type { SortedKeys } from './sorted-keys.ts'

export interface ListQuery {
  readonly prefix: string
  /** Empty for none. */
  readonly delimiter: string
  /** Only what comes after it: a key, or a common prefix that has been told already. */
  readonly after: string
  readonly most: number
}

export interface ListEntry {
  readonly kind: 'key' | 'prefix'
  readonly name: string
}

/**
 * One page of a listing: keys and, with a delimiter, common prefixes, together at most `most`. A common prefix costs one
 * binary search however many keys are below it. `next` is set where there is more, and is the next page's `after`.
 */
export function listPage(
  keys: SortedKeys,
  query: ListQuery,
): { readonly entries: readonly ListEntry[]; readonly next: string | undefined } {
  const { prefix, delimiter, after, most } = query
  const entries: ListEntry[] = []
  let at = start(keys, query)
  for (;;) {
    const key = keys.at(at)
    if (key === undefined || !key.startsWith(prefix)) return { entries, next: undefined }
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const entry: ListEntry =
      end < 0 ? { kind: 'key', name: key } : { kind: 'prefix', name: key.slice(0, end + delimiter.length) }
    // A page that ended with a common prefix goes on behind all of its keys.
    if (entry.kind === 'key' || entry.name !== after) {
      if (entries.length >= most) return { entries, next: most === 0 ? undefined : entries.at(-1)?.name }
      entries.push(entry)
    }
    at = entry.kind === 'key' ? at + 1 : keys.firstBehind(entry.name)
  }
}

function start(keys: SortedKeys, { prefix, after }: ListQuery): number {
  return Math.max(keys.firstFrom(prefix), after === '' ? 0 : keys.firstAfter(after))
}
