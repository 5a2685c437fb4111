import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collect } from './worlds/collect.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

describe.each(setups)('ObjectStore: $name', ({ open }) => {
  let world: ContractWorld
  let folder: string

  beforeEach(async () => {
    world = await open()
    folder = await mkdtemp(join(tmpdir(), 'muster-contract-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
    await world.close()
  })

  it('has nothing before the bucket is made', async () => {
    const { objects } = world
    expect(await objects.has('a')).toBe(false)
    expect(await objects.getBytes('a')).toBeNull()
    expect(await objects.getStream('a')).toBeNull()
    expect(await collect(objects.list(''))).toEqual([])
    expect(await objects.folders('')).toEqual([])
  })

  it('makes the bucket once, and says how to reach it', async () => {
    const { account, region } = await world.identity.whoAmI()
    const access = await world.objects.ensure()
    expect(access).toMatchObject({ bucket: `muster-${account}-${region}`, region })
    expect(access.url).toMatch(/^https?:\/\/.*[^/]$/)
    expect(await world.objects.ensure()).toEqual(access)
  })

  it('gives back what it was given, byte by byte, also under odd keys', async () => {
    const { objects } = world
    await objects.ensure()
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    for (const key of ['plain', 'a b/ü+%&?=\'"$()', 'empty']) {
      const content = key === 'empty' ? new Uint8Array() : bytes
      await objects.putBytes(key, content)
      expect(await objects.has(key)).toBe(true)
      expect(await objects.getBytes(key)).toEqual(content)
      const stream = await objects.getStream(key)
      expect(stream?.size).toBe(content.length)
      expect(Uint8Array.from(await buffer(stream!.body))).toEqual(content)
    }
    await objects.putBytes('plain', Buffer.from('new'))
    expect(Buffer.from((await objects.getBytes('plain'))!).toString()).toBe('new')
  })

  it('takes a file of several parts, telling how far it is', async () => {
    const { objects } = world
    await objects.ensure()
    const path = join(folder, 'file')
    const size = 20 * 1024 * 1024 + 7
    await writeFile(path, Buffer.alloc(size, 'the quick brown fox '))
    const progress: number[] = []
    await objects.putFile('big', path, (done) => progress.push(done))
    expect(progress.toSorted((a, b) => a - b)).toEqual(progress)
    expect(progress.at(-1)).toBe(size)
    const stream = await objects.getStream('big')
    expect((await readFile(path)).equals(await buffer(stream!.body))).toBe(true)
  })

  it('gives up an upload with the reason, leaving no object', async () => {
    const { objects } = world
    await objects.ensure()
    const path = join(folder, 'file')
    await writeFile(path, Buffer.alloc(20 * 1024 * 1024))
    const controller = new AbortController()
    const sending = objects.putFile('big', path, () => controller.abort(new Error('enough')), controller.signal)
    await expect(sending).rejects.toThrow('enough')
    expect(await objects.has('big')).toBe(false)
  })

  it('lists keys in order after a key, with size and age', async () => {
    const { objects } = world
    await objects.ensure()
    for (const key of ['p/c', 'p/a', 'p/b', 'q/a', 'p/B']) await objects.putBytes(key, Buffer.from(key + key))
    const all = await collect(objects.list('p/'))
    expect(all.map((one) => one.key)).toEqual(['p/B', 'p/a', 'p/b', 'p/c'])
    expect(all.every((one) => one.size === 6 && one.changedAt > 1e12)).toBe(true)
    expect((await collect(objects.list('p/', 'p/a'))).map((one) => one.key)).toEqual(['p/b', 'p/c'])
    expect(await collect(objects.list('p/', 'p/c'))).toEqual([])
  })

  it('lists more than one page', async () => {
    const { objects } = world
    await objects.ensure()
    const keys = Array.from({ length: 1100 }, (_, n) => `n/${String(n).padStart(5, '0')}`)
    await Promise.all(keys.map((key) => objects.putBytes(key, Buffer.from('x'))))
    expect((await collect(objects.list('n/'))).map((one) => one.key)).toEqual(keys)
    expect((await collect(objects.list('n/', 'n/00001'))).map((one) => one.key)).toEqual(keys.slice(2))
  })

  it('names folders once, and no objects', async () => {
    const { objects } = world
    await objects.ensure()
    for (const key of ['jobs/a/1', 'jobs/a/2', 'jobs/b/x/y', 'jobs/file']) await objects.putBytes(key, Buffer.from('x'))
    expect(await objects.folders('jobs/')).toEqual(['a', 'b'])
    expect(await objects.folders('none/')).toEqual([])
  })
})
