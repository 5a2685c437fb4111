import { s3Errors } from '../errors.ts'
import type { Bucket } from '../store/bucket.ts'
import type { OpenUpload } from '../store/bucket-index.ts'
import type { S3Request } from './s3-request.ts'

/** The open upload that a request names, which must be of its key. Throws NoSuchUpload. */
export function demandUpload(request: S3Request, bucket: Bucket): OpenUpload {
  const id = request.params.get('uploadId') ?? ''
  const open = bucket.index.upload(id)
  if (open === undefined || open.upload.key !== request.key) throw s3Errors.noSuchUpload(id)
  return open
}

/** Throws InvalidArgument. */
export function partNumber(request: S3Request): number {
  const text = request.params.get('partNumber') ?? ''
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1 || number > 10_000)
    throw s3Errors.invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text)
  return number
}
