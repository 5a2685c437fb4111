import { AwsError } from '../../../aws-error.ts'
import { invalidCombination } from '../errors.ts'
import { integer, text } from './leaves.ts'

/**
 * Pages of a describe call. A token names the last item shown, so that what comes or goes between two pages neither
 * repeats nor hides another item; it is opaque to callers.
 */
export interface PageShape {
  readonly least: number
  readonly most: number
  /** Items of a page where the caller names no number; everything where it is absent. */
  readonly usual?: number
}

export interface PageInput {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export const paging = (shape: PageShape) => ({ MaxResults: integer(shape.least, shape.most), NextToken: text })

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken: string | undefined
}

/** One page of `items`; `keyOf` must tell them apart. Throws InvalidNextToken for a token that it did not make. */
export function page<T>(items: readonly T[], input: PageInput, keyOf: (item: T) => string, usual?: number): Page<T> {
  const start = input.NextToken === undefined || input.NextToken === '' ? 0 : placeAfter(items, input.NextToken, keyOf)
  const size = input.MaxResults ?? usual ?? items.length
  const shown = items.slice(start, start + size)
  const last = shown.at(-1)
  const more = last !== undefined && start + size < items.length
  return { items: shown, nextToken: more ? tokenOf(start + shown.length, keyOf(last)) : undefined }
}

/** EC2 refuses MaxResults together with explicit ids. `set` is EC2's internal name of the id list, such as `instancesSet`. */
export function refusePagingWithIds(ids: readonly string[] | undefined, input: PageInput, set: string): void {
  if (ids !== undefined && ids.length > 0 && input.MaxResults !== undefined)
    throw invalidCombination(`The parameter ${set} cannot be used with the parameter maxResults`)
}

const tokenOf = (place: number, key: string): string => Buffer.from(JSON.stringify([place, key])).toString('base64url')

function placeAfter<T>(items: readonly T[], token: string, keyOf: (item: T) => string): number {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
    if (Array.isArray(decoded) && typeof decoded[0] === 'number' && typeof decoded[1] === 'string') {
      const key: string = decoded[1]
      const index = items.findIndex((item) => keyOf(item) === key)
      // The item itself may have gone since: then its old place is the best that is known.
      return index >= 0 ? index + 1 : Math.min(decoded[0], items.length)
    }
  } catch {
    // Not a token of ours: refused below.
  }
  throw new AwsError('InvalidNextToken', 'The specified NextToken is not valid.')
}
