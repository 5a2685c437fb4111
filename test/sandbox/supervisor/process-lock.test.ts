import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockWithin, tryLock } from '../../../src/sandbox/supervisor/process-lock.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster lock-'))
  path = join(folder, 'new', 'a.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function elsewhere(expression: string): Promise<string> {
  const module = new URL('../../../src/sandbox/supervisor/process-lock.ts', import.meta.url).href
  const script = `const { tryLock, isLocked } = await import(${JSON.stringify(module)}); const path = ${JSON.stringify(path)}; ${expression}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  return stdout.trim()
}

it('is held by one at a time, also of other processes', async () => {
  const lock = tryLock(path)
  expect(lock).toBeDefined()
  expect(tryLock(path)).toBeUndefined()
  expect(await elsewhere('console.log(isLocked(path))')).toBe('true')
  lock?.release()
  expect(await elsewhere('console.log(isLocked(path))')).toBe('false')
})

it('goes with its process, however that ends', async () => {
  await expect(elsewhere('if (tryLock(path)) process.kill(process.pid, "SIGKILL")')).rejects.toMatchObject({
    signal: 'SIGKILL',
  })
  const lock = await lockWithin(path, 1000)
  expect(lock).toBeDefined()
  lock?.release()
})

it('stays when nobody refers to it any more', async () => {
  const collect = `(await import('node:v8')).setFlagsFromString('--expose-gc'); (await import('node:vm')).runInNewContext('gc')();`
  expect(await elsewhere(`tryLock(path); ${collect} console.log(isLocked(path))`)).toBe('true')
})
