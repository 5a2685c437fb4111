import { createHmac } from 'node:crypto'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

/** `aws s3 presign` and boto3's generate_presigned_url for us-east-1: signature version 2, which the JavaScript SDK no longer has. */
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ services: [createS3] })
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 })
  await s3.send(new CreateBucketCommand({ Bucket: 'a-bucket' }))
  await s3.send(new PutObjectCommand({ Bucket: 'a-bucket', Key: 'a key+é', Body: 'content' }))
  s3.destroy()
})
afterAll(() => sandbox.close())

const PATH = '/a-bucket/a%20key%2B%C3%A9'

interface Presigning {
  readonly method?: string
  readonly inS?: number
  /** Signed as meant, sent encoded. */
  readonly words?: Readonly<Record<string, string>>
  readonly secret?: string
  readonly accessKeyId?: string
}

function presign(path: string, { method = 'GET', inS = 60, words = {}, ...key }: Presigning = {}): string {
  const expires = String(Math.floor(Date.now() / 1000) + inS)
  const signed = Object.entries(words).map(([name, value]) => `${name}=${value}`)
  const text = [method, '', '', expires, [path, ...(signed.length > 0 ? [signed.join('&')] : [])].join('?')].join('\n')
  const signature = createHmac('sha1', key.secret ?? sandbox.credentials.secretAccessKey)
    .update(text)
    .digest('base64')
  const query = new URLSearchParams({
    ...words,
    AWSAccessKeyId: key.accessKeyId ?? sandbox.credentials.accessKeyId,
    Signature: signature,
    Expires: expires,
  })
  return `${sandbox.endpoint}${path}?${query.toString().replaceAll('+', '%20')}`
}

describe('a presigned URL of signature version 2', () => {
  it('gives the object, whole, in part, and under the name that it asks for', async () => {
    expect(await (await fetch(presign(PATH))).text()).toBe('content')
    const part = await fetch(presign(PATH), { headers: { range: 'bytes=0-2' } })
    expect([part.status, await part.text()]).toEqual([206, 'con'])
    const words = { 'response-content-disposition': 'attachment; filename="x y"' }
    const named = await fetch(presign(PATH, { words }))
    expect(named.headers.get('content-disposition')).toBe('attachment; filename="x y"')
    expect((await fetch(presign(PATH, { method: 'HEAD' }), { method: 'HEAD' })).status).toBe(200)
  })

  it('puts an object', async () => {
    const url = presign('/a-bucket/put', { method: 'PUT' })
    expect((await fetch(url, { method: 'PUT', body: Buffer.from('sent') })).status).toBe(200)
    expect(await (await fetch(presign('/a-bucket/put'))).text()).toBe('sent')
  })

  it.each<[string, Presigning, string]>([
    ['past its time', { inS: -1 }, 'Request has expired'],
    ['of an unknown key', { accessKeyId: 'AKIANOBODY' }, 'InvalidAccessKeyId'],
    ['signed with another secret', { secret: 'other' }, 'SignatureDoesNotMatch'],
    ['for another method', { method: 'DELETE' }, 'SignatureDoesNotMatch'],
  ])('is refused %s', async (_what, how, words) => {
    const answer = await fetch(presign(PATH, how))
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain(words)
  })

  it.each(['uploads', 'acl', 'renameObject', 'list-type=2', 'x-amz-acl=private'])(
    'is no key to what it did not sign: %s',
    async (word) => {
      const answer = await fetch(`${presign(PATH)}&${word}`)
      expect(answer.status).toBe(400)
    },
  )

  it('is no key to another object', async () => {
    expect((await fetch(presign(PATH).replace('a-bucket/a', 'a-bucket/b'))).status).toBe(403)
  })
})
