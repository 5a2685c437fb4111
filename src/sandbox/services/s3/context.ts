import type { WireAnswer } from '../../protocol/wire.ts'
import type { S3Request } from './request/s3-request.ts'
import type { Buckets } from './store/buckets.ts'

/** What S3's operations share. */
export interface S3Context {
  readonly buckets: Buckets
  readonly account: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** One of S3's operations under AWS's name. Throws AwsError. */
export interface S3Operation {
  readonly name: string
  handle(request: S3Request, context: S3Context): Promise<WireAnswer> | WireAnswer
}
