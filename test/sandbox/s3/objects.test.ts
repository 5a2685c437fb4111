import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUCKET as Bucket, content, startS3, type S3Sandbox } from './s3-sandbox.ts'

let sandbox: S3Sandbox
let s3: S3Client
beforeAll(async () => {
  sandbox = await startS3()
  s3 = sandbox.s3
})
afterAll(() => sandbox.close())

async function get(Key: string, more: object = {}): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('objects', () => {
  it.each([
    'plain',
    'a/b/c',
    '../../../../etc/passwd',
    './..',
    'a//b/',
    ' spaces and\ttabs\n',
    'ünïcödé/\u{1F600}/日本語',
    '%41%2F+&?#=;,:@$!*\'()~^`|<>"\\{}[]',
    'k'.repeat(1024),
  ])('keep any key: %j', async (Key) => {
    const body = Buffer.from(`content of ${Key}`)
    const put = await s3.send(new PutObjectCommand({ Bucket, Key, Body: body }))
    expect(put.ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`)
    expect((await get(Key)).equals(body)).toBe(true)
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, EncodingType: 'url' }))
    expect(Contents?.map((each) => decodeURIComponent(each.Key ?? ''))).toContain(Key)
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' })
  })

  it('refuse a key of more than 1024 bytes', async () => {
    const put = s3.send(new PutObjectCommand({ Bucket, Key: 'é'.repeat(513), Body: '' }))
    await expect(put).rejects.toMatchObject({ name: 'KeyTooLongError' })
  })

  it('keep what the writer said of them', async () => {
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'said',
        Body: '{}',
        ContentType: 'application/json',
        CacheControl: 'no-cache',
        ContentEncoding: 'gzip',
        Metadata: { owner: 'somebody', note: 'two  words' },
        Tagging: 'a=1&b=x%20y',
      }),
    )
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'said' }))
    expect(head).toMatchObject({
      ContentType: 'application/json',
      CacheControl: 'no-cache',
      ContentEncoding: 'gzip',
      Metadata: { owner: 'somebody', note: 'two  words' },
      ContentLength: 2,
    })
    const tags = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'said' }))
    expect(tags.TagSet).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'x y' },
    ])
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'said', Tagging: { TagSet: [{ Key: 'c', Value: '3' }] } }))
    expect((await get('said')).toString()).toBe('{}')
  })

  it('give ranges, and refuse those behind the end', async () => {
    const body = content(300_000)
    await s3.send(new PutObjectCommand({ Bucket, Key: 'ranged', Body: body }))
    for (const [Range, expected, said] of [
      ['bytes=0-0', body.subarray(0, 1), 'bytes 0-0/300000'],
      ['bytes=299990-', body.subarray(299_990), 'bytes 299990-299999/300000'],
      ['bytes=-7', body.subarray(-7), 'bytes 299993-299999/300000'],
      ['bytes=1000-999999', body.subarray(1000), 'bytes 1000-299999/300000'],
    ] as const) {
      const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'ranged', Range }))
      expect(part.$metadata.httpStatusCode).toBe(206)
      expect(part.ContentRange).toBe(said)
      expect(Buffer.from((await part.Body?.transformToByteArray()) ?? []).equals(expected)).toBe(true)
    }
    await expect(get('ranged', { Range: 'bytes=300000-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    })
  })

  it('honour conditions', async () => {
    const Key = 'conditional'
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }))
    expect((await get(Key, { IfMatch: ETag })).toString()).toBe('one')
    await expect(get(Key, { IfMatch: '"other"' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } })
    await expect(get(Key, { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
    const later = new Date(Date.now() + 60_000)
    await expect(get(Key, { IfModifiedSince: later })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
    expect((await get(Key, { IfUnmodifiedSince: later })).toString()).toBe('one')
    const again = new PutObjectCommand({ Bucket, Key, Body: 'two', IfNoneMatch: '*' })
    await expect(s3.send(again)).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'three', IfMatch: ETag }))
    expect((await get(Key)).toString()).toBe('three')
  })

  it('are copied with what was said of them, or anew', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'from é', Body: 'x', Metadata: { a: '1' } }))
    const CopySource = `${Bucket}/${encodeURIComponent('from é')}`
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource }))
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).Metadata).toEqual({ a: '1' })
    await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'to', CopySource, MetadataDirective: 'REPLACE', Metadata: { b: '2' } }),
    )
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'to' }))).Metadata).toEqual({ b: '2' })
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'from é' }))
    expect((await get('to')).toString()).toBe('x')
    await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    })
    const onItself = new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/to` })
    await expect(s3.send(onItself)).rejects.toMatchObject({ name: 'InvalidRequest' })
  })

  it('are deleted many at once, also those that are not there', async () => {
    const keys = ['d/1', 'd/<2>&', 'd/3']
    await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))))
    const Objects = [...keys, 'd/never'].map((Key) => ({ Key }))
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(Deleted?.map(({ Key }) => Key)).toEqual([...keys, 'd/never'])
    expect(Errors).toBeUndefined()
    expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'd/' }))).KeyCount).toBe(0)
  })
})

it('names what is missing', async () => {
  await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey', Key: 'nothing' })
  const elsewhere = s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'x' }))
  await expect(elsewhere).rejects.toMatchObject({ name: 'NoSuchBucket', BucketName: 'no-such-bucket' })
})

describe('checksums', () => {
  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'are verified and given back: %s',
    async (ChecksumAlgorithm) => {
      const body = content(70_000)
      const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'summed', Body: body, ChecksumAlgorithm }))
      const name = `Checksum${ChecksumAlgorithm}` as const
      expect(put[name]).toMatch(/=$/)
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'summed', ChecksumMode: 'ENABLED' }))
      expect(head[name]).toBe(put[name])
      expect((await get('summed', { ChecksumMode: 'ENABLED' })).equals(body)).toBe(true)
    },
  )

  it('refuse content that does not fit, and leave the old', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'held', Body: 'old' }))
    const wrongCrc = new PutObjectCommand({ Bucket, Key: 'held', Body: 'new', ChecksumCRC32: 'AAAAAA==' })
    await expect(s3.send(wrongCrc)).rejects.toMatchObject({ name: 'BadDigest' })
    const md5 = createHash('md5').update('other').digest('base64')
    const wrongMd5 = new PutObjectCommand({ Bucket, Key: 'held', Body: 'new', ContentMD5: md5 })
    await expect(s3.send(wrongMd5)).rejects.toMatchObject({ name: 'BadDigest' })
    expect((await get('held')).toString()).toBe('old')
  })
})

it('leaves no file behind of what was overwritten, refused or deleted', async () => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }))
  const blobs = join(sandbox.home, 's3', Bucket, 'blobs')
  await expect
    .poll(async () => (await readdir(blobs, { recursive: true })).filter((name) => name.includes('/')))
    .toEqual([])
})
