import { expect, test } from 'vitest'
import { root, run } from './fixtures/run.ts'

test('no source is left out of a clone by .gitignore', async () => {
  const words = [
    'ls-files',
    '--others',
    '--ignored',
    '--exclude-standard',
    '--',
    'bin',
    'src',
    'templates',
    'jobs',
    'test',
  ]
  const ignored = await run('git', ['-C', root, ...words])
  expect(ignored).toMatchObject({ code: 0, stdout: '' })
})
