import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BUCKET as Bucket, content, startS3, type S3Sandbox } from './s3-sandbox.ts'

let sandbox: S3Sandbox
let s3: S3Client
beforeAll(async () => {
  sandbox = await startS3()
  s3 = sandbox.s3
})
afterAll(() => sandbox.close())

const MIB = 1024 * 1024
const whole = content(11 * MIB)
const cuts = [whole.subarray(0, 5 * MIB), whole.subarray(5 * MIB, 10 * MIB), whole.subarray(10 * MIB)]

async function begin(Key: string, more: object = {}): Promise<string> {
  const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))
  return UploadId
}

async function part(Key: string, UploadId: string, PartNumber: number, Body: Uint8Array) {
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }))
  return { PartNumber, ETag }
}

async function get(Key: string, more: object = {}): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

const complete = (Key: string, UploadId: string, Parts: { PartNumber: number; ETag: string | undefined }[]) =>
  s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }))

it('puts an object together of parts that came in any order', async () => {
  const UploadId = await begin('whole', { Metadata: { a: '1' }, ContentType: 'text/x' })
  const parts = await Promise.all(
    [3, 1, 2].map((number) => part('whole', UploadId, number * 10, cuts[number - 1] ?? whole)),
  )
  await expect(get('whole')).rejects.toMatchObject({ name: 'NoSuchKey' })
  const listed = await s3.send(new ListPartsCommand({ Bucket, Key: 'whole', UploadId, MaxParts: 2 }))
  expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [10, 5 * MIB],
    [20, 5 * MIB],
  ])
  expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '20' })
  const { ETag } = await complete(
    'whole',
    UploadId,
    parts.toSorted((a, b) => a.PartNumber - b.PartNumber),
  )
  const md5s = cuts.map((cut) => createHash('md5').update(cut).digest())
  expect(ETag).toBe(`"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-3"`)
  expect((await get('whole')).equals(whole)).toBe(true)
  const across = await get('whole', { Range: `bytes=${5 * MIB - 3}-${10 * MIB + 2}` })
  expect(across.equals(whole.subarray(5 * MIB - 3, 10 * MIB + 3))).toBe(true)
  const second = await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole', PartNumber: 2 }))
  expect(second).toMatchObject({ ContentLength: 5 * MIB, PartsCount: 3, Metadata: { a: '1' }, ContentType: 'text/x' })
  await expect(s3.send(new ListPartsCommand({ Bucket, Key: 'whole', UploadId }))).rejects.toMatchObject({
    name: 'NoSuchUpload',
  })
})

it('refuses parts that are missing, other, too small or out of order', async () => {
  const Key = 'refused'
  const UploadId = await begin(Key)
  const one = await part(Key, UploadId, 1, Buffer.from('small'))
  const two = await part(Key, UploadId, 2, Buffer.from('last'))
  await expect(complete(Key, UploadId, [one, two])).rejects.toMatchObject({ name: 'EntityTooSmall', PartNumber: '1' })
  await expect(complete(Key, UploadId, [two, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' })
  await expect(complete(Key, UploadId, [one, { ...two, PartNumber: 3 }])).rejects.toMatchObject({ name: 'InvalidPart' })
  await expect(complete(Key, UploadId, [{ ...one, ETag: two.ETag }])).rejects.toMatchObject({ name: 'InvalidPart' })
  await expect(part(Key, UploadId, 10_001, Buffer.from('x'))).rejects.toMatchObject({ name: 'InvalidArgument' })
  await expect(part(Key, 'no-such', 1, Buffer.from('x'))).rejects.toMatchObject({ name: 'NoSuchUpload' })
  await complete(Key, UploadId, [two])
  expect((await get(Key)).toString()).toBe('last')
})

it('lists and aborts uploads', async () => {
  const ids = [await begin('u/1'), await begin('u/2'), await begin('u/2')]
  await part('u/1', ids[0] ?? '', 1, Buffer.from('gone'))
  const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'u/' }))
  expect(Uploads?.map(({ Key }) => Key)).toEqual(['u/1', 'u/2', 'u/2'])
  await Promise.all(
    ['u/1', 'u/2', 'u/2'].map((Key, at) =>
      s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: ids[at] })),
    ),
  )
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'u/' }))).Uploads).toBeUndefined()
})

it('copies parts of other objects', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: whole }))
  const UploadId = await begin('copied')
  const ranges = [`bytes=0-${6 * MIB - 1}`, `bytes=${6 * MIB}-${11 * MIB - 1}`]
  const parts = await Promise.all(
    ranges.map(async (CopySourceRange, at) => {
      const copy = {
        Bucket,
        Key: 'copied',
        UploadId,
        PartNumber: at + 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange,
      }
      const { CopyPartResult } = await s3.send(new UploadPartCopyCommand(copy))
      return { PartNumber: at + 1, ETag: CopyPartResult?.ETag }
    }),
  )
  await complete('copied', UploadId, parts)
  expect((await get('copied')).equals(whole)).toBe(true)
})

it.each([
  ['CRC32', 'COMPOSITE'],
  ['SHA256', 'COMPOSITE'],
  ['CRC64NVME', 'FULL_OBJECT'],
] as const)("takes lib-storage's uploads with %s", async (ChecksumAlgorithm, type) => {
  const upload = new Upload({
    client: s3,
    partSize: 5 * MIB,
    params: { Bucket, Key: 'lib', Body: whole, ChecksumAlgorithm },
  })
  await upload.done()
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'lib', ChecksumMode: 'ENABLED' }))
  expect(head.ChecksumType).toBe(type)
  expect(head[`Checksum${ChecksumAlgorithm}`]).toMatch(type === 'COMPOSITE' ? /-3$/ : /=$/)
  expect((await get('lib')).equals(whole)).toBe(true)
})

it('lets a reader end what it began while the object is overwritten and deleted', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'read', Body: whole }))
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'read' }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'read', Body: 'other' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'read' }))
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true)
})

it('leaves no file behind of what ended', async () => {
  for (const Key of ['whole', 'refused', 'source', 'copied', 'lib'])
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  const blobs = join(sandbox.home, 's3', Bucket, 'blobs')
  await expect
    .poll(async () => (await readdir(blobs, { recursive: true })).filter((name) => name.includes('/')))
    .toEqual([])
})
