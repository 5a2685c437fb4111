import { AwsError } from '../../../aws-error.ts'
import { s3Errors } from '../errors.ts'
import type { Bucket } from '../store/bucket.ts'
import type { S3Request } from './s3-request.ts'

type Headers = S3Request['headers']

/** Classes that an object may be given (botocore's enum without those of other kinds of buckets). */
const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]
const CANNED_ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
]

/** Refuses what a new object's headers ask for and AWS would not give in a bucket like ours. Throws AwsError. */
export function demandObjectHeaders({ headers }: S3Request, bucket: Bucket): void {
  refuseCustomerKeys(headers)
  const storageClass = headers['x-amz-storage-class']
  if (storageClass !== undefined && !STORAGE_CLASSES.includes(storageClass))
    throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
      StorageClassRequested: storageClass,
    })
  demandWord(headers, 'x-amz-server-side-encryption', ['AES256', 'aws:kms', 'aws:kms:dsse'], ENCRYPTION_WORDS)
  demandWord(headers, 'x-amz-metadata-directive', ['COPY', 'REPLACE'], 'Unknown metadata directive.')
  demandWord(headers, 'x-amz-tagging-directive', ['COPY', 'REPLACE'], 'Unknown tagging directive.')
  demandAcl(headers, bucket.config.documents['BucketOwnershipControls'])
  if (Object.keys(headers).some((name) => name.startsWith('x-amz-object-lock-')))
    throw s3Errors.invalidRequest('Bucket is missing Object Lock Configuration')
  // Appending is for directory buckets.
  if (headers['x-amz-write-offset-bytes'] !== undefined)
    throw new AwsError(
      'NotImplemented',
      'A header you provided implies functionality that is not implemented: x-amz-write-offset-bytes',
      501,
      { Header: 'x-amz-write-offset-bytes' },
    )
}

const ENCRYPTION_WORDS = 'The encryption method specified is not supported'

/** S3 takes customers' keys over TLS only, and the sandbox speaks plain HTTP: content must not seem encrypted that is not. */
export function refuseCustomerKeys(headers: Headers): void {
  if (Object.keys(headers).some((name) => /^x-amz-(copy-source-)?server-side-encryption-customer-/.test(name)))
    throw s3Errors.invalidRequest(
      'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.',
    )
}

/** Buckets made since April 2023 have no ACLs, unless their ownership controls say so. */
export function demandAcl(headers: Headers, ownership: string | undefined): void {
  demandWord(headers, 'x-amz-acl', CANNED_ACLS, '')
  const acl = headers['x-amz-acl'] ?? 'private'
  const grants = Object.keys(headers).some((name) => name.startsWith('x-amz-grant-'))
  const allowed = ownership !== undefined && !ownership.includes('BucketOwnerEnforced')
  if (!allowed && (grants || (acl !== 'private' && acl !== 'bucket-owner-full-control')))
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs')
}

/** Throws InvalidArgument where the header is there and is none of the words. */
export function demandWord(headers: Headers, name: string, words: readonly string[], message: string): void {
  const value = headers[name]
  if (value !== undefined && !words.includes(value)) throw s3Errors.invalidArgument(message, name, value)
}
