import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import type { S3 } from './s3.ts'

export interface Listed {
  readonly key: string
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly changedAt: number
}

/** Keys in order, a page of 1,000 at a time as they are consumed; nothing where the bucket is missing. */
export async function* list(s3: S3, prefix: string, after?: string): AsyncIterable<Listed> {
  const Bucket = await s3.bucket()
  const input = { Bucket, Prefix: prefix, ...(after === undefined || after === '' ? {} : { StartAfter: after }) }
  let token: string | undefined
  do {
    const page = await orNull(s3.send(new ListObjectsV2Command({ ...input, ContinuationToken: token })))
    for (const one of page?.Contents ?? []) {
      yield { key: one.Key ?? '', size: one.Size ?? 0, changedAt: one.LastModified?.getTime() ?? 0 }
    }
    token = page?.NextContinuationToken
  } while (token !== undefined)
}

/** What lies below a place of any bucket; nothing where the bucket is missing. */
export async function* listPlace(
  s3: S3,
  place: string,
): AsyncIterable<{ readonly path: string; readonly size: number }> {
  const [, Bucket = '', rest = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? []
  const Prefix = rest === '' || rest.endsWith('/') ? rest : `${rest}/`
  let token: string | undefined
  do {
    const page = await orNull(s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token })))
    for (const one of page?.Contents ?? []) yield { path: (one.Key ?? '').slice(Prefix.length), size: one.Size ?? 0 }
    token = page?.NextContinuationToken
  } while (token !== undefined)
}

/** What stands between `prefix` and the next slash, once each. */
export async function folders(s3: S3, prefix: string): Promise<string[]> {
  const Bucket = await s3.bucket()
  const found = await allPages(async (token) => {
    const input = { Bucket, Prefix: prefix, Delimiter: '/', ContinuationToken: token }
    const page = await orNull(s3.send(new ListObjectsV2Command(input)))
    return { items: page?.CommonPrefixes, next: page?.NextContinuationToken }
  })
  return found.map((one) => (one.Prefix ?? '').slice(prefix.length, -1))
}

/** Null for what does not exist: object, bucket or both. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (isAwsClass(error, 'gone')) return null
    throw error
  }
}
