import { AwsError } from '../../aws-error.ts'
import { pageOf } from '../json/page.ts'

interface Asked {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

interface MarkedPage<T> {
  readonly items: readonly T[]
  /** To be spread into the answer. */
  readonly end: { readonly IsTruncated: boolean; readonly Marker: string | undefined }
}

/** One page in IAM's manner: 100 items where nothing else is asked for, a Marker where there are more. */
export function markedPage<T>(items: readonly T[], keyOf: (item: T) => string, asked: Asked): MarkedPage<T> {
  const sorted = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const page = pageOf(sorted, keyOf, asked.MaxItems ?? 100, asked.Marker, badMarker)
  return { items: page.items, end: { IsTruncated: page.nextToken !== undefined, Marker: page.nextToken } }
}

const badMarker = (): AwsError => new AwsError('ValidationError', 'Invalid Marker.')
