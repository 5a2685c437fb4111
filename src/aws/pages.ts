/** One page of a listing. */
export interface Page<T> {
  readonly items: readonly T[] | undefined
  readonly next: string | undefined
}

/** All items of all pages. A page may be empty and still have a successor; a token that repeats itself ends it. */
export async function allPages<T>(fetch: (token: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let token: string | undefined
  for (;;) {
    const page = await fetch(token)
    items.push(...(page.items ?? []))
    if (!page.next || page.next === token) return items
    token = page.next
  }
}

/** Pieces of at most `size` items. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
}
