import { AwsError } from '../../../aws-error.ts'
import type { ObjectAttributes, Tag } from '../store/records.ts'
import { s3Errors } from '../errors.ts'
import type { S3Request } from './s3-request.ts'

const KEPT = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'x-amz-website-redirect-location',
]

const MOST_METADATA_BYTES = 2048

/** What a PutObject, CopyObject or CreateMultipartUpload says of the object to be. Throws AwsError. */
export function attributesOf(request: S3Request): ObjectAttributes {
  const headers: Record<string, string> = {}
  const metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined) continue
    if (name.startsWith('x-amz-meta-')) metadata[name.slice('x-amz-meta-'.length)] = value
    else if (KEPT.includes(name)) headers[name] = value
  }
  // aws-chunked is how it travelled, not what it is.
  const encoding = headers['content-encoding']?.split(/\s*,\s*/).filter((each) => each !== 'aws-chunked')
  delete headers['content-encoding']
  if (encoding !== undefined && encoding.join('') !== '') headers['content-encoding'] = encoding.join(',')
  demandSize(metadata)
  return {
    headers: { 'content-type': 'binary/octet-stream', ...headers },
    metadata,
    tags: tagsOfHeader(request.headers['x-amz-tagging']),
    storageClass: request.headers['x-amz-storage-class'] ?? 'STANDARD',
  }
}

function demandSize(metadata: Readonly<Record<string, string>>): void {
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0)
  if (size > MOST_METADATA_BYTES)
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, {
      Size: String(size),
      MaxSizeAllowed: String(MOST_METADATA_BYTES),
    })
}

function tagsOfHeader(header: string | undefined): readonly Tag[] {
  if (header === undefined || header === '') return []
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }))
  if (tags.length > 10) throw new AwsError('BadRequest', 'Object tags cannot be greater than 10')
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw s3Errors.invalidArgument(
      'The header x-amz-tagging shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.',
      'x-amz-tagging',
      header,
    )
  return tags
}
