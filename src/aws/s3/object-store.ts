import type { Readable } from 'node:stream'
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { Identity } from '../../ports/identity.ts'
import type { BucketAccess, ObjectStore } from '../../ports/object-store.ts'
import type { AwsSettings } from '../settings.ts'
import { ensureBucket } from './bucket.ts'
import { download } from './download.ts'
import { folders, list, listPlace, orNull } from './listing.ts'
import { connectS3 } from './s3.ts'
import { putFile } from './upload.ts'

/** ObjectStore over S3: one staging bucket an account and region. */
export function connectObjectStore(settings: AwsSettings, identity: Identity): ObjectStore {
  const s3 = connectS3(settings, identity)
  let ensured: Promise<BucketAccess> | null = null
  return {
    async ensure() {
      ensured ??= ensureBucket(s3)
      try {
        return await ensured
      } catch (error) {
        ensured = null
        throw error
      }
    },
    async has(key) {
      const Bucket = await s3.bucket()
      return (await orNull(s3.send(new HeadObjectCommand({ Bucket, Key: key })))) !== null
    },
    async putBytes(key, bytes) {
      const Bucket = await s3.bucket()
      await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes, ContentLength: bytes.length }))
    },
    putFile: (key, path, onProgress, signal) => putFile(s3, key, path, onProgress, signal),
    async getBytes(key) {
      const found = await download(s3, key)
      return found === null ? null : wholeOf(found.body)
    },
    getStream: (key, signal) => download(s3, key, signal),
    list: (prefix, after) => list(s3, prefix, after),
    listPlace: (place) => listPlace(s3, place),
    folders: (prefix) => folders(s3, prefix),
  }
}

/** node:stream/consumers would go through a Blob, which costs more than the transfer: a log is read in thousands of pieces. */
async function wholeOf(body: Readable): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece as Uint8Array)
  const { buffer, byteOffset, length } = Buffer.concat(pieces)
  return new Uint8Array(buffer, byteOffset, length)
}
