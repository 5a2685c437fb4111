import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
  type Tag,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET, startS3, type S3Sandbox } from './s3-sandbox.ts'

let sandbox: S3Sandbox
beforeAll(async () => {
  sandbox = await startS3()
})
afterAll(() => sandbox.close())

const KEY = 'kept'
const put = (more: Partial<PutObjectCommandInput> = {}) =>
  sandbox.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: 'old', ...more }))
const get = (more: Partial<GetObjectCommandInput> = {}) =>
  sandbox.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY, ...more }))
const text = async () => (await get()).Body?.transformToString()

/** What an object is asked to be that a bucket like ours cannot give; the object that is there stays. */
describe('a new object', () => {
  it.each<[string, Partial<PutObjectCommandInput>, number, string]>([
    ['a storage class that is none', { StorageClass: 'BOGUS' as 'STANDARD' }, 400, 'InvalidStorageClass'],
    ['a way to encrypt that is none', { ServerSideEncryption: 'rot13' as 'AES256' }, 400, 'InvalidArgument'],
    ['an ACL that is none', { ACL: 'bogus' as 'private' }, 400, 'InvalidArgument'],
    ['an ACL in a bucket without', { ACL: 'public-read' }, 400, 'AccessControlListNotSupported'],
    ['a grant in a bucket without', { GrantRead: 'id=1' }, 400, 'AccessControlListNotSupported'],
    ['a lock in a bucket without', { ObjectLockMode: 'GOVERNANCE' }, 400, 'InvalidRequest'],
    ['to be appended to', { WriteOffsetBytes: 3 }, 501, 'NotImplemented'],
    ['a checksum that is none', { ChecksumSHA256: 'bogus' }, 400, 'InvalidRequest'],
    [
      "a customer's key over plain HTTP",
      { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) },
      400,
      'InvalidRequest',
    ],
    ['another owner', { ExpectedBucketOwner: '111111111111' }, 403, 'AccessDenied'],
  ])('is refused %s', async (_what, more, status, name) => {
    await put()
    await expect(put({ Body: 'new', ...more })).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } })
    expect(await text()).toBe('old')
  })

  it.each<[string, Partial<PutObjectCommandInput>]>([
    ['an entity tag', { IfNoneMatch: '"00000000000000000000000000000000"' }],
    ['two conditions', { IfNoneMatch: '*', IfMatch: '*' }],
  ])('is put on If-None-Match: * alone, not on %s', async (_what, more) => {
    await put()
    await expect(put({ Body: 'new', ...more })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'A header you provided implies functionality that is not implemented',
      $metadata: { httpStatusCode: 501 },
    })
    expect(await text()).toBe('old')
  })

  it('may have what AWS gives', async () => {
    await put({ ACL: 'bucket-owner-full-control', StorageClass: 'STANDARD_IA', ExpectedBucketOwner: '000000000000' })
    expect(await get()).toMatchObject({ StorageClass: 'STANDARD_IA' })
  })
})

describe('a version that is not there', () => {
  it('is neither read nor deleted: versions are not kept', async () => {
    await put()
    const VersionId = 'L4kqtJlcpXroDTDmpUMLUo'
    const invalid = { name: 'InvalidArgument', $metadata: { httpStatusCode: 400 } }
    await expect(get({ VersionId })).rejects.toMatchObject(invalid)
    const one = new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY, VersionId })
    await expect(sandbox.s3.send(one)).rejects.toMatchObject(invalid)
    const many = new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: KEY, VersionId }] } })
    expect((await sandbox.s3.send(many)).Errors).toMatchObject([{ Key: KEY, VersionId, Code: 'NoSuchVersion' }])
    expect(await text()).toBe('old')
    await sandbox.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY, VersionId: 'null' }))
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' })
  })
})

it('deletes no content that its caller has not seen', async () => {
  const { ETag } = await put()
  const other = '"00000000000000000000000000000000"'
  const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } }
  await expect(
    sandbox.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY, IfMatch: other })),
  ).rejects.toMatchObject(failed)
  const objects = [{ Key: KEY, ETag: other }]
  const many = await sandbox.s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: objects } }))
  expect(many).toMatchObject({ Errors: [{ Key: KEY, Code: 'PreconditionFailed' }] })
  expect(await text()).toBe('old')
  await sandbox.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY, IfMatch: ETag }))
  await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' })
})

it('gives nobody a bucket who expects it to be of somebody else', async () => {
  const theirs = { Bucket: BUCKET, ExpectedBucketOwner: '111111111111' }
  await expect(sandbox.s3.send(new ListObjectsV2Command(theirs))).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(sandbox.s3.send(new HeadBucketCommand(theirs))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  })
})

it('refuses a part that is not there, and the keys of customers for what it keeps', async () => {
  await put()
  await expect(get({ PartNumber: 2 })).rejects.toMatchObject({ name: 'InvalidPartNumber' })
  const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) }
  await expect(get(key)).rejects.toMatchObject({ name: 'InvalidRequest' })
})

const tags = (count: number) => Array.from({ length: count }, (_none, at) => ({ Key: `k${at}`, Value: 'v' }))

it.each<[string, Tag[], string, string]>([
  ['eleven tags', tags(11), 'BadRequest', 'Object tags cannot be greater than 10'],
  ['a tag twice', [...tags(1), ...tags(1)], 'InvalidTag', 'Cannot provide multiple Tags with the same key'],
  ['a tag without a key', [{ Key: '', Value: 'v' }], 'InvalidTag', 'The TagKey you have provided is invalid'],
  ['a long value', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTag', 'The TagValue you have provided is invalid'],
])('gives an object not %s', async (_what, TagSet, name, message) => {
  await put({ Tagging: 'kept=1' })
  const command = new PutObjectTaggingCommand({ Bucket: BUCKET, Key: KEY, Tagging: { TagSet } })
  await expect(sandbox.s3.send(command)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } })
  const { TagSet: kept } = await sandbox.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: KEY }))
  expect(kept).toEqual([{ Key: 'kept', Value: '1' }])
})

const tagging = (count: number) => new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet: tags(count) } })

it('gives a bucket fifty tags, and no more', async () => {
  await sandbox.s3.send(tagging(50))
  await expect(sandbox.s3.send(tagging(51))).rejects.toMatchObject({ name: 'BadRequest' })
})

it('refuses a bucket whose ownership is none', async () => {
  const command = new CreateBucketCommand({ Bucket: 'another-one', ObjectOwnership: 'bogus' as 'ObjectWriter' })
  await expect(sandbox.s3.send(command)).rejects.toMatchObject({ name: 'InvalidArgument' })
})

it("tells who asks for it without a body of the bucket's region", async () => {
  const elsewhere = sandbox.another({ region: 'eu-west-1' })
  const error: unknown = await elsewhere
    .send(new HeadBucketCommand({ Bucket: BUCKET }))
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ $response: { headers: { 'x-amz-bucket-region': 'us-east-1' } } })
  elsewhere.destroy()
})

describe('looking at what is there', () => {
  it('shows attributes, versions and the ACL of every object of a bucket without', async () => {
    const { ETag } = await put()
    const attributes = await sandbox.s3.send(
      new GetObjectAttributesCommand({
        Bucket: BUCKET,
        Key: KEY,
        ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum', 'StorageClass'],
      }),
    )
    expect(attributes).toMatchObject({
      ETag: ETag?.replaceAll('"', ''),
      ObjectSize: 3,
      StorageClass: 'STANDARD',
      Checksum: { ChecksumType: 'FULL_OBJECT' },
    })
    const versions = await sandbox.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }))
    expect(versions.Versions).toMatchObject([{ Key: KEY, VersionId: 'null', IsLatest: true, Size: 3, ETag }])
    const acl = await sandbox.s3.send(new GetBucketAclCommand({ Bucket: BUCKET }))
    expect(acl.Grants).toMatchObject([{ Grantee: { Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }])
  })
})
