import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { muster, run, temporaryFolder } from './fixtures/run.ts'

const tracer = join(import.meta.dirname, 'fixtures/trace-modules.mjs')
const HEAVY = /@aws-sdk|@smithy|\/dist\/(aws|sandbox)\/|\/zod\/|\/yaml\/|\/execa\//

test('the tracer sees what is loaded', async () => {
  expect(await loaded(['--help'])).toContainEqual(expect.stringContaining('/@oclif/core/lib/main.js'))
  expect(await loaded(['run', 'nope.yaml'])).toContainEqual(expect.stringContaining('/zod/'))
})

test('--version loads no package at all', async () => {
  expect((await loaded(['--version'])).filter((url) => url.includes('node_modules') || url.includes('/dist/'))).toEqual(
    [],
  )
})

test.for([['--help'], ['run', '--help'], ['sandbox', '--help'], ['statsu'], ['sandbox']])(
  '%s loads no SDK, no sandbox and no parser',
  async (words) => {
    const urls = await loaded(words)
    expect(urls.length).toBeGreaterThan(5)
    expect(urls.filter((url) => HEAVY.test(url))).toEqual([])
  },
)

test('a command that is refused has loaded no SDK', async () => {
  const urls = await loaded(['run', 'nope.yaml'])
  expect(urls.filter((url) => /@aws-sdk|@smithy|\/dist\/(aws|sandbox)\//.test(url))).toEqual([])
})

test.for([['jobs'], ['why', 'nope'], ['cancel', '--all', '--yes']])(
  '%s asks no cloud, and loads no SDK',
  async (words) => {
    const urls = await loaded(words)
    expect(urls).toContainEqual(expect.stringContaining('/dist/store/sqlite/'))
    expect(urls.filter((url) => /@aws-sdk|@smithy|\/dist\/(aws|sandbox)\//.test(url))).toEqual([])
  },
)

async function loaded(words: readonly string[]): Promise<string[]> {
  using folder = temporaryFolder()
  const trace = join(folder.path, 'trace')
  const env = { NODE_OPTIONS: `--import=${tracer}`, TRACE_MODULES: trace, MUSTER_HOME: join(folder.path, 'home') }
  await run(muster, words, { env })
  return existsSync(trace) ? readFileSync(trace, 'utf8').trim().split('\n') : []
}
