import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectObjectStore } from '../../../../src/aws/s3/object-store.ts'
import type { AwsSettings } from '../../../../src/aws/settings.ts'
import { fakeIdentity } from '../../../fakes/identity.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const s3 = mockClient(S3Client)
const store = (more: Partial<AwsSettings> = {}) =>
  connectObjectStore(mockSettings(more), fakeIdentity(more.region, '123456789012'))
const names = () => s3.calls().map((call) => call.args[0].constructor.name.replace('Command', ''))
let folder: string

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

beforeEach(async () => {
  s3.reset()
  s3.onAnyCommand().resolves({})
  folder = await mkdtemp(join(tmpdir(), 'muster-s3-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A body whose connection is reset after some bytes. */
function broken(before: string): Readable {
  return Readable.from(
    (async function* pieces() {
      if (before !== '') yield Buffer.from(before)
      throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
    })(),
  )
}

describe('the staging bucket', () => {
  it('is made private, tagged last, and not in a location where there must be none', async () => {
    s3.on(GetBucketTaggingCommand).rejects(awsFailure('NoSuchBucket', 'none', 404))
    s3.on(HeadBucketCommand).rejects(awsFailure('NotFound', 'none', 404))
    expect(await store().ensure()).toEqual({
      bucket: 'muster-123456789012-us-east-1',
      region: 'us-east-1',
      url: 'https://muster-123456789012-us-east-1.s3.us-east-1.amazonaws.com',
    })
    expect(s3.commandCalls(CreateBucketCommand)[0]?.args[0].input).toEqual({ Bucket: 'muster-123456789012-us-east-1' })
    expect(names().slice(2)).toEqual([
      'CreateBucket',
      'PutPublicAccessBlock',
      'PutBucketLifecycleConfiguration',
      'PutBucketTagging',
    ])
    const rules = s3.commandCalls(PutBucketLifecycleConfigurationCommand)[0]?.args[0].input.LifecycleConfiguration
      ?.Rules
    expect(rules).toMatchObject([
      { Filter: { Prefix: 'archives/' }, Expiration: { Days: 90 } },
      { Filter: { Prefix: 'jobs/' }, Expiration: { Days: 90 } },
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ])
  })

  it('names its region elsewhere, and lies in the path at another endpoint', async () => {
    s3.on(GetBucketTaggingCommand).rejects(awsFailure('NoSuchBucket', 'none', 404))
    s3.on(HeadBucketCommand).rejects(awsFailure('NotFound', 'none', 404))
    const access = await store({ region: 'eu-west-1', endpoint: 'http://127.0.0.1:4566/' }).ensure()
    expect(access.url).toBe('http://127.0.0.1:4566/muster-123456789012-eu-west-1')
    expect(s3.commandCalls(CreateBucketCommand)[0]?.args[0].input.CreateBucketConfiguration).toEqual({
      LocationConstraint: 'eu-west-1',
    })
  })

  it('is asked for once, and left alone where it is whole', async () => {
    s3.on(GetBucketTaggingCommand).resolves({ TagSet: [{ Key: 'muster:bucket', Value: 'staging' }] })
    const objects = store()
    await Promise.all([objects.ensure(), objects.ensure()])
    await objects.ensure()
    expect(names()).toEqual(['GetBucketTagging'])
  })

  it('is furnished where a crash left it bare, as far as the endpoint can', async () => {
    s3.on(GetBucketTaggingCommand).rejects(awsFailure('NoSuchTagSet', 'none', 404))
    s3.on(PutPublicAccessBlockCommand).rejects(awsFailure('NotImplemented', 'no', 501))
    await store().ensure()
    expect(s3.commandCalls(CreateBucketCommand)).toEqual([])
    expect(s3.commandCalls(PutBucketTaggingCommand)).toHaveLength(1)
  })

  it('that somebody else owns is an error, and asked for again the next time', async () => {
    s3.on(GetBucketTaggingCommand).rejects(awsFailure('AccessDenied', 'no', 403))
    const objects = store()
    await expect(objects.ensure()).rejects.toMatchObject({ code: 'NotAllowed' })
    s3.on(GetBucketTaggingCommand).resolves({ TagSet: [{ Key: 'a', Value: 'b' }] })
    expect(await objects.ensure()).toMatchObject({ region: 'us-east-1' })
  })
})

describe('objects over S3', () => {
  it('that do not exist are null, false or nothing, bucket or not', async () => {
    s3.on(GetObjectCommand).rejects(awsFailure('NoSuchBucket', 'none', 404))
    s3.on(HeadObjectCommand).rejects(awsFailure('NotFound', 'none', 404))
    s3.on(ListObjectsV2Command).rejects(awsFailure('NoSuchBucket', 'none', 404))
    const objects = store()
    expect(await objects.getBytes('k')).toBeNull()
    expect(await objects.getStream('k')).toBeNull()
    expect(await objects.has('k')).toBe(false)
    expect(await collect(objects.list('p/'))).toEqual([])
    expect(await objects.folders('p/')).toEqual([])
  })

  it('are listed page by page after a key', async () => {
    const at = new Date(7000)
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ Contents: [{ Key: 'p/b', Size: 1, LastModified: at }], NextContinuationToken: 'more' })
      .resolvesOnce({ Contents: [{ Key: 'p/c', Size: 2, LastModified: at }] })
    expect(await collect(store().list('p/', 'p/a'))).toEqual([
      { key: 'p/b', size: 1, changedAt: 7000 },
      { key: 'p/c', size: 2, changedAt: 7000 },
    ])
    const inputs = s3.commandCalls(ListObjectsV2Command).map((call) => call.args[0].input)
    expect(inputs.map((input) => [input.StartAfter, input.ContinuationToken])).toEqual([
      ['p/a', undefined],
      ['p/a', 'more'],
    ])
  })

  it('come as streams with their size', async () => {
    const body = Readable.from([Buffer.from('hello')]) as never
    s3.on(GetObjectCommand).resolves({ Body: body, ContentLength: 5 })
    const found = await store().getStream('k')
    expect([found?.size, Buffer.concat(await found!.body.toArray()).toString()]).toEqual([5, 'hello'])
  })

  it('go on at the byte where the connection broke', async () => {
    s3.on(GetObjectCommand)
      .resolvesOnce({ Body: broken('hel') as never, ContentLength: 9, ETag: '"v1"' })
      .resolvesOnce({ Body: broken('') as never })
      .resolvesOnce({ Body: Readable.from([Buffer.from('lo you')]) as never })
    expect(Buffer.from((await store().getBytes('k'))!).toString()).toBe('hello you')
    const inputs = s3.commandCalls(GetObjectCommand).map((call) => call.args[0].input)
    expect(inputs.map((input) => [input.Range, input.IfMatch])).toEqual([
      [undefined, undefined],
      ['bytes=3-', '"v1"'],
      ['bytes=3-', '"v1"'],
    ])
  })

  it('fail in our words where the connection breaks again and again, or ends early', async () => {
    s3.on(GetObjectCommand).callsFake(async () => ({ Body: broken(''), ContentLength: 9 }))
    await expect(store().getBytes('k')).rejects.toMatchObject({ code: 'CloudUnreachable' })
    expect(s3.commandCalls(GetObjectCommand)).toHaveLength(6)
    s3.on(GetObjectCommand).callsFake(async () => ({ Body: Readable.from([]), ContentLength: 9 }))
    await expect(store().getBytes('k')).rejects.toMatchObject({ code: 'CloudUnreachable' })
  })

  it('are put whole where they are small, and in parts where they are large', async () => {
    const [small, large] = [join(folder, 'small'), join(folder, 'large')]
    await writeFile(small, 'abc')
    await writeFile(large, Buffer.alloc(20 * 1024 * 1024))
    s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' })
    s3.on(UploadPartCommand).resolves({ ETag: 'e' })
    s3.on(CompleteMultipartUploadCommand).resolves({})
    const progress: number[] = []
    await store().putFile('small', small)
    expect(names()).toEqual(['PutObject'])
    await store().putFile('large', large, (done) => progress.push(done))
    expect(s3.commandCalls(UploadPartCommand)).toHaveLength(3)
    expect(progress.at(-1)).toBe(20 * 1024 * 1024)
  })

  it('leave no parts behind when the upload is given up', async () => {
    const path = join(folder, 'large')
    await writeFile(path, Buffer.alloc(20 * 1024 * 1024))
    const controller = new AbortController()
    s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' })
    s3.on(UploadPartCommand).callsFake(async () => {
      controller.abort(new Error('enough'))
      return { ETag: 'e' }
    })
    const sending = store().putFile('large', path, undefined, controller.signal)
    await expect(sending).rejects.toThrow('enough')
    await expect.poll(() => s3.commandCalls(AbortMultipartUploadCommand).length).toBe(1)
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toEqual([])
  })

  it('say what went wrong in our words', async () => {
    s3.on(PutObjectCommand).rejects(awsFailure('AccessDenied', 'no', 403))
    await expect(store().putBytes('k', Buffer.from('x'))).rejects.toMatchObject({ code: 'NotAllowed' })
    const path = join(folder, 'file')
    await writeFile(path, 'abc')
    await expect(store().putFile('k', path)).rejects.toMatchObject({
      code: 'NotAllowed',
      data: { operation: 'PutObject' },
    })
  })
})
