import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Clock } from '../../src/ports/clock.ts'
import type { BucketAccess, ObjectStore } from '../../src/ports/object-store.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** A bucket in memory. */
export interface FakeObjectStore extends ObjectStore, Scriptable<ObjectStore> {
  readonly objects: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly changedAt: number }>
  readonly made: boolean
  /** Puts an object as a node would, making the bucket. */
  plant(key: string, content: string | Uint8Array): void
  text(key: string): string | null
  /** Puts an object into somebody's bucket: `s3://bucket/key`. */
  plantAt(address: string, size: number): void
}

export function fakeObjectStore(clock: Clock, region = 'us-east-1', account = '000000000000'): FakeObjectStore {
  const objects = new Map<string, { bytes: Uint8Array; changedAt: number }>()
  const bucket = `muster-${account}-${region}`
  const access: BucketAccess = { bucket, region, url: `http://127.0.0.1:1/${bucket}` }
  const elsewhere = new Map<string, number>()
  let made = false

  const put = (key: string, bytes: Uint8Array) => {
    made = true
    objects.set(key, { bytes: Uint8Array.from(bytes), changedAt: clock.now() })
  }
  const keys = (prefix: string) => [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted(byteOrder)

  const store = {
    objects,
    get made() {
      return made
    },
    plant: (key: string, content: string | Uint8Array) => put(key, Buffer.from(content)),
    text: (key: string) => {
      const found = objects.get(key)
      return found === undefined ? null : Buffer.from(found.bytes).toString()
    },
    async ensure() {
      made = true
      return access
    },
    has: async (key: string) => objects.has(key),
    putBytes: async (key: string, bytes: Uint8Array) => put(key, bytes),
    async putFile(key: string, path: string, onProgress?: (done: number) => void, signal?: AbortSignal) {
      signal?.throwIfAborted()
      const bytes = await readFile(path)
      onProgress?.(Math.floor(bytes.length / 2))
      signal?.throwIfAborted()
      put(key, bytes)
      onProgress?.(bytes.length)
    },
    async getBytes(key: string) {
      const found = objects.get(key)
      return found === undefined ? null : Uint8Array.from(found.bytes)
    },
    async getStream(key: string, signal?: AbortSignal) {
      signal?.throwIfAborted()
      const found = objects.get(key)
      if (found === undefined) return null
      return { size: found.bytes.length, body: Readable.from([Buffer.from(found.bytes)], { objectMode: false }) }
    },
    async *list(prefix: string, after = '') {
      for (const key of keys(prefix)) {
        const found = objects.get(key)
        if (found === undefined || (after !== '' && byteOrder(key, after) <= 0)) continue
        yield { key, size: found.bytes.length, changedAt: found.changedAt }
      }
    },
    plantAt: (address: string, size: number) => void elsewhere.set(address, size),
    async *listPlace(place: string) {
      const base = `${place.replace(/\/$/, '')}/`
      const own = [...objects].map(([key, { bytes }]): [string, number] => [`s3://${bucket}/${key}`, bytes.length])
      for (const [address, size] of [...own, ...elsewhere]) {
        if (address.startsWith(base)) yield { path: address.slice(base.length), size }
      }
    },
    async folders(prefix: string) {
      const rests = keys(prefix).map((key) => key.slice(prefix.length))
      return [...new Set(rests.filter((rest) => rest.includes('/')).map((rest) => rest.slice(0, rest.indexOf('/'))))]
    },
  }
  return scriptable(
    store as typeof store & ObjectStore,
    ['ensure', 'has', 'putBytes', 'putFile', 'getBytes', 'getStream', 'folders'],
    ['list', 'listPlace'],
  ) as unknown as FakeObjectStore
}

/** S3 lists keys in the order of their UTF-8 bytes. */
function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
