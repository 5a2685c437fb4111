import type { S3Request } from './s3-request.ts'

/**
 * AWS's name for what a request asks, whether or not the sandbox has it, so that an error can name it. S3 tells operations
 * apart by method, by whether there is a bucket and a key, and by words in the query or a copy header.
 */
export function operationName(request: S3Request): string {
  if (request.bucket === undefined) return request.method === 'GET' ? 'ListBuckets' : `${request.method} /`
  return request.key === undefined ? bucketOperation(request) : objectOperation(request)
}

/** Subresources of buckets by query word, as AWS spells them in the names of operations. */
const BUCKET_WORDS: Readonly<Record<string, string>> = {
  accelerate: 'BucketAccelerateConfiguration',
  acl: 'BucketAcl',
  analytics: 'BucketAnalyticsConfiguration',
  cors: 'BucketCors',
  encryption: 'BucketEncryption',
  'intelligent-tiering': 'BucketIntelligentTieringConfiguration',
  inventory: 'BucketInventoryConfiguration',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  metrics: 'BucketMetricsConfiguration',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
}

const OBJECT_WORDS: Readonly<Record<string, string>> = {
  acl: 'ObjectAcl',
  attributes: 'ObjectAttributes',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
  torrent: 'ObjectTorrent',
}

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Head', POST: 'Post' }

function bucketOperation({ method, params }: S3Request): string {
  const word = Object.keys(BUCKET_WORDS).find((name) => params.has(name))
  const verb = VERBS[method] ?? method
  if (word === 'lifecycle' && method === 'DELETE') return 'DeleteBucketLifecycle'
  if (word !== undefined) return `${verb}${BUCKET_WORDS[word]}`
  switch (method) {
    case 'GET':
      if (params.has('uploads')) return 'ListMultipartUploads'
      if (params.has('versions')) return 'ListObjectVersions'
      return params.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects'
    case 'POST':
      return params.has('delete') ? 'DeleteObjects' : 'PostObject'
    case 'PUT':
      return 'CreateBucket'
    default:
      return `${verb}Bucket`
  }
}

const POST_WORDS: readonly (readonly [string, string])[] = [
  ['uploads', 'CreateMultipartUpload'],
  ['uploadId', 'CompleteMultipartUpload'],
  ['restore', 'RestoreObject'],
  ['select', 'SelectObjectContent'],
]

function objectOperation({ method, params, headers }: S3Request): string {
  const word = Object.keys(OBJECT_WORDS).find((name) => params.has(name))
  const verb = VERBS[method] ?? method
  if (word !== undefined) return `${verb}${OBJECT_WORDS[word]}`
  const copies = headers['x-amz-copy-source'] !== undefined
  switch (method) {
    case 'PUT':
      if (params.has('partNumber') || params.has('uploadId')) return copies ? 'UploadPartCopy' : 'UploadPart'
      return copies ? 'CopyObject' : 'PutObject'
    case 'POST':
      return POST_WORDS.find(([name]) => params.has(name))?.[1] ?? 'PostObject'
    case 'DELETE':
      return params.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject'
    case 'GET':
      return params.has('uploadId') ? 'ListParts' : 'GetObject'
    default:
      return `${verb}Object`
  }
}
