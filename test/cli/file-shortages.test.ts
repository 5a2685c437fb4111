import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileShortages } from '../../src/cli/file-shortages.ts'
import { SHORTAGE_MS, type Shortage } from '../../src/core/capacity/shortage.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-shortages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function shortage(zone: string, at: number): Shortage {
  return {
    purchase: 'spot',
    instanceType: 'c7gn.16xlarge',
    zone,
    reservation: null,
    placementGroup: 'muster-hpc',
    count: 4,
    code: 'CapacityShortage',
    message: 'no room',
    availableZones: ['us-east-1c'],
    at,
  }
}

test('a refusal is there for the next command, for some minutes', async () => {
  const path = join(folder, 'cache', 'shortages.json')
  let now = 1_000_000
  const first = fileShortages(path, { now: () => now })
  await first.remember(shortage('us-east-1a', now))
  now += SHORTAGE_MS - 1
  const second = fileShortages(path, { now: () => now })
  expect(await second.recent()).toEqual([shortage('us-east-1a', 1_000_000)])
  now += 1
  expect(await second.recent()).toEqual([])
  await second.remember(shortage('us-east-1b', now))
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([shortage('us-east-1b', now)])
})

test.each(['', '{', 'null', '[1, {"zone": 1}]'])(
  'a file of %j is as good as none, and is written anew',
  async (text) => {
    const path = join(folder, 'shortages.json')
    writeFileSync(path, text)
    const shortages = fileShortages(path, { now: () => 5 })
    expect(await shortages.recent()).toEqual([])
    await shortages.remember(shortage('us-east-1a', 5))
    expect(await shortages.recent()).toHaveLength(1)
  },
)

test('what cannot be written is forgotten, and fails nothing', async () => {
  writeFileSync(join(folder, 'cache'), 'a file where the folder would be')
  const shortages = fileShortages(join(folder, 'cache', 'shortages.json'), { now: () => 5 })
  await shortages.remember(shortage('us-east-1a', 5))
  expect(await shortages.recent()).toEqual([])
})
