import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Upload } from '@aws-sdk/lib-storage'
import { toMusterError } from '../error-map.ts'
import type { S3 } from './s3.ts'

const MIB = 1024 * 1024
/** S3 takes at most 10,000 parts. */
const MOST_PARTS = 9000

/**
 * Sends a file, in parts where it is larger than one: a part that fails is sent again alone. Given up or broken, it leaves
 * no parts behind. `onProgress` gets the bytes that have arrived so far.
 */
export async function putFile(
  s3: S3,
  key: string,
  path: string,
  onProgress?: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted()
  const { size } = await stat(path)
  const upload = new Upload({
    client: s3.client,
    params: { Bucket: await s3.bucket(), Key: key, Body: createReadStream(path) },
    queueSize: 4,
    partSize: Math.max(8 * MIB, Math.ceil(size / MOST_PARTS)),
    leavePartsOnError: false,
  })
  upload.on('httpUploadProgress', ({ loaded }) => onProgress?.(loaded ?? 0))
  const abort = () => void upload.abort()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await upload.done()
  } catch (error) {
    signal?.throwIfAborted()
    throw toMusterError(error, s3.context('PutObject'))
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
