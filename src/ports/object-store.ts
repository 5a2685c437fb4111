import type { Readable } from 'node:stream'

/** The staging bucket: one a region and account, made on first use, private, encrypted. */
export interface ObjectStore {
  /** Makes the bucket where it is missing and says how nodes reach it. */
  ensure(): Promise<BucketAccess>
  /** False where the bucket is missing too. */
  has(key: string): Promise<boolean>
  putBytes(key: string, bytes: Uint8Array): Promise<void>
  /** Multipart where it is large; `onProgress` gets the bytes sent so far. */
  putFile(key: string, path: string, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<void>
  /** Null where there is none (or no bucket). */
  getBytes(key: string): Promise<Uint8Array | null>
  /** Null where there is none (or no bucket). */
  getStream(key: string, signal?: AbortSignal): Promise<{ readonly size: number; readonly body: Readable } | null>
  /** Keys after `after` in order, all pages; empty where the bucket is missing. */
  list(
    prefix: string,
    after?: string,
  ): AsyncIterable<{ readonly key: string; readonly size: number; readonly changedAt: number }>
  /** What lies below `s3://bucket/prefix`, any bucket that we may read: paths from there, all pages; empty where the bucket is missing. */
  listPlace(place: string): AsyncIterable<{ readonly path: string; readonly size: number }>
  /** The parts of the keys between `prefix` and the next slash. */
  folders(prefix: string): Promise<string[]>
}

export interface BucketAccess {
  readonly bucket: string
  readonly region: string
  /** Base address for objects, without a trailing slash, as a node has to use it. */
  readonly url: string
}
