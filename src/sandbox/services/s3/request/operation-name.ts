import type { S3Request } from './s3-request.ts'

/**
 * AWS's name for what a request asks, whether or not the sandbox has it, so that an error can name it. S3 tells operations
 * apart by method, by whether there is a bucket and a key, and by words in the query or a copy header (botocore's s3 model).
 * A word that is overlooked turns the request into another: DELETE /bucket?word would delete the bucket.
 */
export function operationName(request: S3Request): string {
  if (request.bucket === undefined) return request.method === 'GET' ? 'ListBuckets' : `${request.method} /`
  return request.key === undefined ? bucketOperation(request) : objectOperation(request)
}

/** Subresources of buckets by query word, as AWS spells them in the names of operations. */
const BUCKET_WORDS: Readonly<Record<string, string>> = {
  abac: 'BucketAbac',
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
  metadataConfiguration: 'BucketMetadataConfiguration',
  metadataInventoryTable: 'BucketMetadataInventoryTableConfiguration',
  metadataJournalTable: 'BucketMetadataJournalTableConfiguration',
  metadataTable: 'BucketMetadataTableConfiguration',
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

/** Those that a bucket has several of: read without an id they are listed. */
const NUMBERED = new Set(['analytics', 'intelligent-tiering', 'inventory', 'metrics'])

const OBJECT_WORDS: Readonly<Record<string, string>> = {
  acl: 'ObjectAcl',
  annotation: 'ObjectAnnotation',
  attributes: 'ObjectAttributes',
  encryption: 'ObjectEncryption',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  tagging: 'ObjectTagging',
  torrent: 'ObjectTorrent',
}

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Head', POST: 'Post' }

/** Names that are not the verb and the noun. */
const IRREGULAR: Readonly<Record<string, string>> = {
  DeleteBucketLifecycleConfiguration: 'DeleteBucketLifecycle',
  PostBucketMetadataConfiguration: 'CreateBucketMetadataConfiguration',
  PostBucketMetadataTableConfiguration: 'CreateBucketMetadataTableConfiguration',
  PutBucketMetadataInventoryTableConfiguration: 'UpdateBucketMetadataInventoryTableConfiguration',
  PutBucketMetadataJournalTableConfiguration: 'UpdateBucketMetadataJournalTableConfiguration',
  PutObjectEncryption: 'UpdateObjectEncryption',
}

const LISTS: readonly (readonly [string, string])[] = [
  ['uploads', 'ListMultipartUploads'],
  ['versions', 'ListObjectVersions'],
  ['session', 'CreateSession'],
]

const objectList = (params: URLSearchParams): string =>
  params.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects'

function bucketOperation(request: S3Request): string {
  const { method, params } = request
  const word = Object.keys(BUCKET_WORDS).find((name) => params.has(name))
  const verb = VERBS[method] ?? method
  if (word !== undefined) {
    if (method === 'GET' && NUMBERED.has(word) && !params.has('id')) return `List${BUCKET_WORDS[word]}s`
    return named(verb, BUCKET_WORDS[word])
  }
  switch (method) {
    case 'GET':
      return LISTS.find(([name]) => params.has(name))?.[1] ?? objectList(params)
    case 'POST':
      return params.has('delete') ? 'DeleteObjects' : 'PostObject'
    case 'PUT':
      return unknownWord(request) ?? 'CreateBucket'
    default:
      return unknownWord(request) ?? `${verb}Bucket`
  }
}

const POST_WORDS: readonly (readonly [string, string])[] = [
  ['uploads', 'CreateMultipartUpload'],
  ['uploadId', 'CompleteMultipartUpload'],
  ['restore', 'RestoreObject'],
  ['select', 'SelectObjectContent'],
]

function objectOperation(request: S3Request): string {
  const { method, params } = request
  const word = Object.keys(OBJECT_WORDS).find((name) => params.has(name))
  const verb = VERBS[method] ?? method
  if (word === 'annotation' && method === 'GET' && !params.has('annotationName')) return 'ListObjectAnnotations'
  if (word !== undefined) return named(verb, OBJECT_WORDS[word])
  switch (method) {
    case 'PUT':
      return putOperation(request)
    case 'POST':
      return POST_WORDS.find(([name]) => params.has(name))?.[1] ?? 'PostObject'
    case 'DELETE':
      return params.has('uploadId') ? 'AbortMultipartUpload' : (unknownWord(request) ?? 'DeleteObject')
    case 'GET':
      return params.has('uploadId') ? 'ListParts' : 'GetObject'
    default:
      return `${verb}Object`
  }
}

function putOperation(request: S3Request): string {
  const { params, headers } = request
  const copies = headers['x-amz-copy-source'] !== undefined
  if (params.has('renameObject')) return 'RenameObject'
  if (params.has('partNumber') || params.has('uploadId')) return copies ? 'UploadPartCopy' : 'UploadPart'
  return unknownWord(request) ?? (copies ? 'CopyObject' : 'PutObject')
}

const named = (verb: string, noun: string | undefined): string => IRREGULAR[`${verb}${noun}`] ?? `${verb}${noun}`

/** A subresource that is newer than the tables here: what writes must not be taken for something else. */
function unknownWord({ method, params }: S3Request): string | undefined {
  const word = [...params].find(([name, value]) => value === '' && !/^(x-|X-|versionId$)/.test(name))?.[0]
  return word === undefined ? undefined : `${method} ?${word}`
}
