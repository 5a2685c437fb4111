import { tagsSeen, visible } from './context.ts'
import type { Ec2Call } from './context.ts'
import { matcher } from './input/filters.ts'
import type { Filter, FilterTable } from './input/filters.ts'
import { findAll } from './input/ids.ts'
import type { ResourceKind } from './input/ids.ts'
import { page } from './input/pages.ts'
import type { Page, PageInput } from './input/pages.ts'
import type { Resource } from './state/resource.ts'

interface Selection<T extends Resource> {
  readonly kind: ResourceKind
  readonly items: ReadonlyMap<string, T>
  readonly ids: readonly string[] | undefined
  readonly filters: readonly Filter[] | undefined
  readonly table: FilterTable<T>
  readonly paging?: PageInput
  /** Items of a page where the caller names no number. */
  readonly usual?: number
}

/** What nearly every describe call does: by ids (all must exist) or everything, then filters, then one page. */
export function select<T extends Resource>(selection: Selection<T>, context: Ec2Call): Page<T> {
  const { kind, items, ids, filters, table, paging = {}, usual } = selection
  const known = visible(items, context)
  const matches = matcher(filters, table, tagsSeen(context))
  const chosen = ids === undefined || ids.length === 0 ? known.all() : findAll(kind, [...new Set(ids)], known.find)
  return page(chosen.filter(matches), paging, (item) => item.id, usual)
}

/** The member of an answer that says where to go on; nothing on the last page. */
export const next = (token: string | undefined): object => (token === undefined ? {} : { nextToken: token })
