import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { BUCKET as Bucket, startS3, type S3Sandbox } from './s3-sandbox.ts'

let sandbox: S3Sandbox
beforeEach(async () => {
  sandbox = await startS3()
})
afterEach(() => sandbox.close())

it('come, are listed and go', async () => {
  const { s3 } = sandbox
  await s3.send(new CreateBucketCommand({ Bucket: 'second' }))
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))
  expect(Buckets.map(({ Name }) => Name)).toEqual([Bucket, 'second'])
  expect(Buckets[0]?.CreationDate?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-east-1')
  await s3.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }))
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' })
  await s3.send(new DeleteBucketCommand({ Bucket: 'second' }))
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'second' }))).rejects.toMatchObject({ name: 'NotFound' })
  await expect(s3.send(new DeleteBucketCommand({ Bucket: 'second' }))).rejects.toMatchObject({ name: 'NoSuchBucket' })
})

it.each(['ab', 'Upper', 'a_b', '-a-', 'a..b', '192.168.0.1', 'x'.repeat(64), 'xn--abc'])(
  'refuse the name %s',
  async (name) => {
    const made = sandbox.s3.send(new CreateBucketCommand({ Bucket: name }))
    await expect(made).rejects.toMatchObject({ name: 'InvalidBucketName' })
  },
)

it('are not told to lie in us-east-1, where they lie without a word', async () => {
  const CreateBucketConfiguration = { LocationConstraint: 'us-east-1' as 'us-east-2' }
  await expect(
    sandbox.s3.send(new CreateBucketCommand({ Bucket: 'second', CreateBucketConfiguration })),
  ).rejects.toMatchObject({
    name: 'InvalidLocationConstraint',
    message: 'The specified location-constraint is not valid',
  })
})

it('lie in the region in which they were made', async () => {
  const oregon = sandbox.another({ region: 'us-west-2' })
  const constraint = { CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } } as const
  await expect(oregon.send(new CreateBucketCommand({ Bucket: 'west' }))).resolves.toMatchObject({ Location: '/west' })
  await expect(sandbox.s3.send(new CreateBucketCommand({ Bucket: 'x-west', ...constraint }))).rejects.toMatchObject({
    name: 'IllegalLocationConstraintException',
  })
  await expect(oregon.send(new CreateBucketCommand({ Bucket: 'west', ...constraint }))).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
  })
  const where = await sandbox.s3.send(new GetBucketLocationCommand({ Bucket: 'west' }))
  expect(where.LocationConstraint).toBe('us-west-2')
  expect((await sandbox.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined()
  await expect(sandbox.s3.send(new PutObjectCommand({ Bucket: 'west', Key: 'x', Body: '' }))).rejects.toMatchObject({
    name: 'AuthorizationHeaderMalformed',
    Region: 'us-west-2',
  })
})

it('say yes to their owner who makes them again in us-east-1, as AWS does', async () => {
  await sandbox.s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }))
  await sandbox.s3.send(new CreateBucketCommand({ Bucket }))
  await expect(sandbox.s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' })
})

it('keep their settings', async () => {
  const { s3 } = sandbox
  await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchTagSet' })
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: '<&>' }] } }))
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'a', Value: '<&>' }])
  const missing = s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
  await expect(missing).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' })
  const rule = { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'x/' }, Expiration: { Days: 30 } } as const
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [rule] } }))
  expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual([rule])
  const blocks = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: blocks }))
  expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(blocks)
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }))
  expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe('AES256')
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
})
