import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { regionOfProfile } from '../../../src/aws/region.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-region-'))
  await writeFile(
    join(folder, 'config'),
    '[default]\nregion = eu-west-1\n[profile hpc]\nregion = us-east-2\n[profile bare]\n',
  )
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'))
  for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

it.each([
  [null, 'eu-west-1'],
  ['hpc', 'us-east-2'],
  ['bare', null],
])('the profile %s names the region %s', async (profile, region) => {
  expect(await regionOfProfile(profile)).toBe(region)
})
