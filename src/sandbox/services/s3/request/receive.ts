import { createHash } from 'node:crypto'
import type { Blobs } from '../store/blobs.ts'
import type { Checksum, ChecksumAlgorithm } from '../store/records.ts'
import type { Running } from '../checksum/crc.ts'
import { ALGORITHMS, algorithmNamed, runningChecksum } from '../checksum/running.ts'
import { s3Errors } from '../errors.ts'
import type { S3Request } from './s3-request.ts'

/** Content that came in whole and checked, in a blob that nothing names yet. */
export interface Received {
  /** Null where the content is empty. */
  readonly blob: string | null
  readonly size: number
  /** In hex: S3's ETag of content that came in one piece. */
  readonly md5: string
  readonly checksum: Checksum | null
}

const MOST_BYTES = 5 * 1024 ** 3

/**
 * Writes a request's content to disk as it comes, computing MD5 and the checksum that the caller sends (in a header or after
 * the content) or has asked for. Throws BadDigest and the like with the blob removed.
 */
export async function receive(request: S3Request, blobs: Blobs, wanted?: ChecksumAlgorithm | null): Promise<Received> {
  demandReadable(request)
  const algorithm = announced(request.headers) ?? wanted ?? undefined
  const md5 = createHash('md5')
  const running = algorithm === undefined ? undefined : runningChecksum(algorithm)
  const written = await blobs.write(
    watch(request.body, (piece) => {
      md5.update(piece)
      running?.update(piece)
    }),
  )
  const digest = md5.digest()
  const checksum = checksumOf(algorithm, running)
  try {
    demandWhole(request, written.size, digest)
    if (checksum !== null) demandChecksum(request, checksum)
  } catch (error) {
    if (written.blob !== null) blobs.remove([written.blob])
    throw error
  }
  return { ...written, md5: digest.toString('hex'), checksum }
}

/** What can be refused before any of the content has come. */
function demandReadable({ length, headers }: S3Request): void {
  if (length === undefined) throw s3Errors.missingContentLength()
  if (length > MOST_BYTES) throw s3Errors.entityTooLarge(MOST_BYTES)
  const md5 = headers['content-md5']
  for (const algorithm of ALGORITHMS) {
    const value = headers[`x-amz-checksum-${algorithm}`]
    if (value !== undefined && !isDigest(value, algorithm))
      throw s3Errors.invalidRequest(`Value for x-amz-checksum-${algorithm} header is invalid.`)
  }
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16) throw s3Errors.invalidDigest()
}

const DIGEST_BYTES = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 } as const

function isDigest(value: string, algorithm: ChecksumAlgorithm): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(value) && Buffer.from(value, 'base64').length === DIGEST_BYTES[algorithm]
}

function demandWhole({ length, headers }: S3Request, size: number, md5: Buffer): void {
  if (length !== undefined && size !== length) throw s3Errors.incompleteBody()
  const sent = headers['content-md5']
  if (sent !== undefined && sent !== md5.toString('base64')) throw s3Errors.badDigest()
}

function checksumOf(algorithm: ChecksumAlgorithm | undefined, running: Running | undefined): Checksum | null {
  if (algorithm === undefined || running === undefined) return null
  return { algorithm, value: running.digest().toString('base64'), type: 'FULL_OBJECT' }
}

/** The checksum that is in a header, or will come as a trailer, or that the SDK says it will send. */
function announced(headers: S3Request['headers']): ChecksumAlgorithm | undefined {
  const trailer = headers['x-amz-trailer']?.trim().toLowerCase()
  return (
    ALGORITHMS.find((algorithm) => headers[`x-amz-checksum-${algorithm}`] !== undefined) ??
    ALGORITHMS.find((algorithm) => trailer === `x-amz-checksum-${algorithm}`) ??
    algorithmNamed(headers['x-amz-sdk-checksum-algorithm'])
  )
}

function demandChecksum({ headers, trailers }: S3Request, { algorithm, value }: Checksum): void {
  const name = `x-amz-checksum-${algorithm}`
  const sent = trailers.get(name) ?? headers[name]
  if (sent === undefined && headers['x-amz-trailer']?.trim().toLowerCase() === name)
    throw s3Errors.invalidRequest(`The trailer ${name} was announced but did not come`)
  if (sent !== undefined && sent !== value)
    throw s3Errors.badDigest(`The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`)
}

async function* watch(body: AsyncIterable<Uint8Array>, see: (piece: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    see(piece)
    yield piece
  }
}
