/** One page of a list and the token of the next one; the token names the last item shown, so that new items do not shift pages. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken: string | undefined
}

/**
 * Cuts a page out of a list whose items have stable keys.
 * @param badToken what to throw where the token was not made here, or its item is gone
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  size: number,
  token: string | undefined,
  badToken: () => Error,
): Page<T> {
  const start = token === undefined ? 0 : items.findIndex((item) => tokenOf(keyOf(item)) === token) + 1
  if (token !== undefined && start === 0) throw badToken()
  const shown = items.slice(start, start + size)
  const last = shown.at(-1)
  const more = start + size < items.length && last !== undefined
  return { items: shown, nextToken: more ? tokenOf(keyOf(last)) : undefined }
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64')
}
