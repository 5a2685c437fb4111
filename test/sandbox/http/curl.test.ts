import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

/**
 * What node scripts do: curl 7.88 (Debian 12) signs with --aws-sigv4, but signs the URL as it stands and the body as unsigned at
 * best. So every call here names x-amz-content-sha256, and writes path and query as AWS would: percent-encoded, sorted, `uploads=`.
 */
let sandbox: TestSandbox
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-curl-'))
  sandbox = await startTestSandbox({ services: [createS3] })
  await new S3Client({ ...sandbox.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'a-bucket' }))
})
afterAll(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

async function curl(path: string, ...words: readonly string[]): Promise<{ status: string; body: string }> {
  const { accessKeyId, secretAccessKey, sessionToken } = sandbox.world.credentials.forInstance('i-1', 'muster-node')
  const config = [
    'silent',
    'show-error',
    `aws-sigv4 = "aws:amz:us-east-1:s3"`,
    `user = "${accessKeyId}:${secretAccessKey}"`,
    `header = "x-amz-security-token: ${sessionToken}"`,
    'header = "x-amz-content-sha256: UNSIGNED-PAYLOAD"',
    String.raw`write-out = "\n%{http_code}"`,
  ].join('\n')
  const file = join(folder, 'curl.config')
  await writeFile(file, config, { mode: 0o600 })
  const { stdout } = await promisify(execFile)('curl', [
    '-K',
    file,
    ...words,
    `${sandbox.endpoint}/${path.startsWith('//') ? path.slice(2) : `a-bucket${path}`}`,
  ])
  const end = stdout.lastIndexOf('\n')
  return { status: stdout.slice(end + 1), body: stdout.slice(0, end) }
}

it('puts, gets, lists and deletes', async () => {
  const file = join(folder, 'a file')
  await writeFile(file, 'hello')
  expect((await curl('/logs/a%20key%2B%3D', '-T', file)).status).toBe('200')
  expect(await curl('/logs/a%20key%2B%3D')).toEqual({ status: '200', body: 'hello' })
  expect((await curl('/logs/b', '-X', 'PUT', '--data-binary', `@${file}`)).status).toBe('200')
  expect(await curl('/logs/b', '-H', 'Range: bytes=1-2')).toEqual({ status: '206', body: 'el' })
  expect((await curl('?list-type=2&prefix=logs%2F')).body).toContain('<Key>logs/a key+=</Key>')
  expect((await curl('/logs/b', '-X', 'DELETE')).status).toBe('204')
  expect((await curl('/logs/b')).body).toContain('<Code>NoSuchKey</Code>')
})

it('uploads in parts', async () => {
  const begun = await curl('/big?uploads=', '-X', 'POST')
  const id = /<UploadId>(.*?)<\/UploadId>/.exec(begun.body)?.[1] ?? ''
  const file = join(folder, 'part')
  await writeFile(file, Buffer.alloc(5 * 1024 * 1024, 'x'))
  const etags = await Promise.all(
    [1, 2].map(async (number) => {
      const { body } = await curl(`/big?partNumber=${number}&uploadId=${id}`, '-T', file, '-D', '-')
      return /^etag: (.*?)\r?$/im.exec(body)?.[1] ?? ''
    }),
  )
  const parts = etags.map((etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
  const done = join(folder, 'done.xml')
  await writeFile(done, `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`)
  const ended = await curl(
    `/big?uploadId=${id}`,
    '-X',
    'POST',
    '-H',
    'content-type: application/xml',
    '--data-binary',
    `@${done}`,
  )
  expect(ended).toMatchObject({ status: '200', body: expect.stringContaining('<CompleteMultipartUploadResult') })
  expect((await curl('/big', '-I')).body).toMatch(/content-length: 10485760/i)
})

it('is refused where AWS would refuse it', async () => {
  expect((await curl('/big?uploads', '-X', 'POST')).body).toContain('SignatureDoesNotMatch')
  expect((await curl('?prefix=logs%2F&list-type=2')).body).toContain('SignatureDoesNotMatch')
  expect((await curl('?list-type=2&prefix=logs/')).body).toContain('SignatureDoesNotMatch')
  expect((await curl('/a=b')).body).toContain('SignatureDoesNotMatch')
  const unknownLength = await curl('/big', '-X', 'PUT', '-H', 'Transfer-Encoding: chunked', '--data-binary', 'x')
  expect(unknownLength.body).toContain('MissingContentLength')
})

it('hears an answer that comes before its body has gone', async () => {
  const file = join(folder, 'much')
  await writeFile(file, Buffer.alloc(30 * 1024 * 1024, 'x'))
  for (const expectation of ['Expect:', 'Expect: 100-continue']) {
    const { body } = await curl('//no-such-bucket/key', '-H', expectation, '-T', file)
    expect(body).toContain('<Code>NoSuchBucket</Code>')
    const early = await curl('?delete=', '-H', expectation, '-X', 'POST', '--data-binary', `@${file}`)
    expect(early.body).toContain('<Code>EntityTooLarge</Code>')
  }
})
