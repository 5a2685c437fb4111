import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root, run, temporaryFolder } from './fixtures/run.ts'

const checker = join(root, 'bin/check-imports.ts')

test.for([
  [
    'sandbox/a.ts',
    "import type { Clock } from '../ports/clock.ts'",
    'src/sandbox/a.ts:1: sandbox/ must not import ports/',
  ],
  ['sandbox/a.ts', "// why\nimport {\n  a,\n} from '../aws/b.ts'", 'src/sandbox/a.ts:2: sandbox/ must not import aws/'],
  [
    'sandbox/a.ts',
    "import '@aws-sdk/client-s3'",
    'src/sandbox/a.ts:1: sandbox/ must not import the package @aws-sdk/client-s3',
  ],
  ['aws/a.ts', "export * from '../sandbox/b.ts'", 'aws/ must not import sandbox/'],
  ['app/a.ts', "const a = await import('@aws-sdk/client-s3')", 'app/ must not import the package @aws-sdk/client-s3'],
  ['core/a.ts', "import { readFileSync } from 'node:fs'", 'core/ is pure'],
  ['core/a.ts', "import type { Job } from '../ports/b.ts'", 'core/ must not import ports/'],
  ['app/a.ts', "import { b } from '../cli/b.ts'", 'app/ must not import cli/'],
  ['commands/a.ts', "const b = await import('../aws/b.ts')", 'commands/ must not import aws/'],
  ['cli/other.ts', "const b = await import('../aws/b.ts')", 'cli/ must not import aws/'],
  ['cli/compose.ts', "import { b } from '../aws/b.ts'", 'aws/ must be loaded lazily'],
  ['utils/a.ts', "import { b } from '../kit/b.ts'", 'utils/ is no room'],
] as const)('%s with %s is caught', async ([file, text, message]) => {
  const { code, stdout } = await check({ [file]: text })
  expect([code, stdout]).toEqual([1, expect.stringContaining(message)])
})

test.for([
  ['cli/compose.ts', "const b = await import('../aws/b.ts')"],
  ['cli/compose.ts', "import type { B } from '../sandbox/b.ts'"],
  ['aws/a.ts', "import { S3Client } from '@aws-sdk/client-s3'\nimport { b } from './b.ts'"],
  ['ui/a.ts', "import type { B } from '../app/results/fleet.ts'"],
  ['sandbox/deep/a.ts', "import { createServer } from 'node:http'\nimport { b } from '../../kit/b.ts'"],
] as const)('%s with %s is allowed', async ([file, text]) => {
  expect(await check({ [file]: text })).toMatchObject({ code: 0, stdout: '' })
})

test('a folder with nothing in it is no success', async () => {
  expect((await check({})).code).toBe(1)
})

test('oxlint catches a cycle of imports', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'a.ts'), "import { b } from './b.ts'\nexport const a = () => b\n")
  writeFileSync(join(folder.path, 'b.ts'), "import { a } from './a.ts'\nexport const b = () => a\n")
  const { code, stdout } = await run(
    join(root, 'node_modules/.bin/oxlint'),
    ['-c', join(root, '.oxlintrc.json'), '.'],
    {
      cwd: folder.path,
    },
  )
  expect([code, stdout]).toEqual([1, expect.stringContaining('no-cycle')])
})

async function check(files: Readonly<Record<string, string>>) {
  using folder = temporaryFolder()
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true })
    writeFileSync(join(folder.path, file), text)
  }
  return await run(process.execPath, [checker, folder.path])
}
