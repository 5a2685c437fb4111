import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileLocks } from '../../../src/store/fleet-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-locks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('fleet locks', () => {
  it('refuse a second process, naming the first, and are taken over when it was killed', async () => {
    const first = execa(process.execPath, [new URL('hold-lock.ts', import.meta.url).pathname, folder], {
      reject: false,
    })
    await once(first.stdout, 'data')
    const locks = fileLocks(folder)
    await expect(locks.acquire('hpc', 'another')).rejects.toThrow(
      `fleet hpc is in use by process ${first.pid} (running heat)`,
    )
    await expect(locks.acquire('other', 'another')).resolves.toBeDefined()
    first.kill('SIGKILL')
    await first
    const lock = await locks.acquire('hpc', 'another')
    await lock.release()
    expect(await readdir(folder)).toEqual(['other.lock'])
  })

  it('are re-entrant within a process', async () => {
    const locks = fileLocks(folder)
    const outer = await locks.acquire('hpc', 'run')
    const inner = await locks.acquire('hpc', 'down')
    await inner.release()
    expect(await readdir(folder)).toEqual(['hpc.lock'])
    await outer.release()
    expect(await readdir(folder)).toEqual([])
  })
})
