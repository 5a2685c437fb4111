import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { Buckets } from '../../../src/sandbox/services/s3/store/buckets.ts'
import type { Bucket } from '../../../src/sandbox/services/s3/store/bucket.ts'
import type { ObjectRecord } from '../../../src/sandbox/services/s3/store/records.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-s3-'))
  folders.push(folder)
  return folder
}

async function write(bucket: Bucket, key: string, text: string): Promise<void> {
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  const { blob, size } = await bucket.blobs.write(body())
  bucket.change({ did: 'put', object: record(key, size, blob ?? '') })
}

function record(key: string, size: number, blob: string): ObjectRecord {
  const attributes = { headers: {}, metadata: {}, tags: [], storageClass: 'STANDARD' }
  return { key, size, etag: 'x', modified: 0, extents: [{ blob, size }], attributes, checksum: null }
}

function blobsOn(bucket: Bucket): string[] {
  return readdirSync(join(bucket.folder, 'blobs'), { recursive: true })
    .map(String)
    .filter((name) => name.includes('/'))
}

describe('what a kill -9 leaves', () => {
  it('a line cut short, at any byte, never happened', async () => {
    const root = newFolder()
    const first = await Buckets.open(root)
    const bucket = first.create('a-bucket', 'us-east-1', 0)
    await write(bucket, 'kept', 'x')
    const log = join(bucket.folder, 'index.jsonl')
    const whole = statSync(log).size
    first.close()
    const next = `${JSON.stringify({ did: 'put', object: record('tórn', 1, 'nowhere') })}\n`
    const bytes = Buffer.from(next)
    for (const cut of [1, 10, 40, bytes.length - 2, bytes.length - 1]) {
      appendFileSync(log, bytes.subarray(0, cut))
      const again = await Buckets.open(root)
      expect(again.find('a-bucket')?.index.get('kept')).toBeDefined()
      expect(again.find('a-bucket')?.index.get('tórn')).toBeUndefined()
      again.close()
      expect(statSync(log).size).toBe(whole)
    }
  })

  it('content that nothing names, and half-made buckets, are removed', async () => {
    const root = newFolder()
    const first = await Buckets.open(root)
    const bucket = first.create('a-bucket', 'us-east-1', 0)
    await write(bucket, 'kept', 'x')
    first.close()
    const shard = join(bucket.folder, 'blobs', 'ab')
    mkdirSync(shard, { recursive: true })
    writeFileSync(join(shard, 'abandoned'), 'half')
    mkdirSync(join(root, '.half-made'))
    const again = await Buckets.open(root)
    expect(blobsOn(bucket)).toHaveLength(1)
    expect(readdirSync(root)).toEqual(['a-bucket'])
    again.close()
  })
})

it('keeps its index short however often objects change', async () => {
  const root = newFolder()
  const buckets = await Buckets.open(root)
  const bucket = buckets.create('a-bucket', 'us-east-1', 0)
  for (let round = 0; round < 20_000; round++) {
    bucket.change({ did: 'put', object: record(`key ${round % 7}`, 0, '') })
    if (round % 1000 === 0) await setImmediate()
  }
  expect(statSync(join(bucket.folder, 'index.jsonl')).size).toBeLessThan(2000 * 300)
  buckets.close()
  const again = await Buckets.open(root)
  expect([...Array(7).keys()].map((at) => again.find('a-bucket')?.index.keys.at(at))).toEqual(
    [...Array(7).keys()].map((at) => `key ${at}`),
  )
  again.close()
})

const mayMount = process.platform === 'linux' && process.getuid?.() === 0

/** Needs a small file system of its own, which only root can mount. */
describe.runIf(mayMount)('a full disk', () => {
  it('refuses what has no room, leaves nothing of it, and goes on when there is room', async () => {
    const root = newFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', root])
    try {
      const buckets = await Buckets.open(root)
      const bucket = buckets.create('a-bucket', 'us-east-1', 0)
      await write(bucket, 'kept', 'x'.repeat(1000))
      await expect(write(bucket, 'too much', 'x'.repeat(4_000_000))).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(blobsOn(bucket)).toHaveLength(1)
      const room = join(root, '.filler')
      expect(() => writeFileSync(room, Buffer.alloc(4_000_000))).toThrow(/ENOSPC/)
      // The index grows into what is left of its last block, and then must refuse whole lines.
      let put = 0
      const fill = () => {
        for (; put < 10_000; put++) bucket.change({ did: 'put', object: record(`k${put}`, 0, '') })
      }
      expect(fill).toThrow(/ENOSPC/)
      rmSync(room)
      await write(bucket, 'again', 'y')
      buckets.close()
      const again = await Buckets.open(root)
      const index = again.find('a-bucket')?.index
      expect(['kept', 'again', `k${put - 1}`, `k${put}`].map((key) => index?.get(key) !== undefined)).toEqual([
        true,
        true,
        put > 0,
        false,
      ])
      again.close()
    } finally {
      execFileSync('umount', [root])
    }
  })
})
