import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { startTestSandbox, type TestSandbox } from '../harness.ts'

export const BUCKET = 'a-bucket'

export interface S3Sandbox extends TestSandbox {
  readonly s3: S3Client
  /** Another client of the same sandbox. */
  another(settings: S3ClientConfig): S3Client
}

/** A sandbox with S3 alone, a client, and an empty bucket. */
export async function startS3(): Promise<S3Sandbox> {
  const sandbox = await startTestSandbox({ services: [createS3] })
  const another = (settings: S3ClientConfig) =>
    new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1, ...settings })
  const s3 = another({})
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  return { ...sandbox, s3, another }
}

/** Numbers that repeat late: content whose every part differs. */
export function content(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length)
  let state = seed
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    bytes[at] = state >>> 24
  }
  return bytes
}
