import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mustBeWritable } from '../../src/cli/writable-folder.ts'
import { temporaryFolder } from './fixtures/run.ts'

test('a folder that can be made is accepted, and not made', async () => {
  using folder = temporaryFolder()
  await mustBeWritable(join(folder.path, 'a', 'b'))
  await mustBeWritable(folder.path)
})

// A place where nobody can write, not even root.
const READ_ONLY = process.platform === 'linux' ? '/proc/1' : '/System/Library'

test('one that cannot be made is refused with the folder that is in the way', async () => {
  await expect(mustBeWritable(`${READ_ONLY}/none/results`)).rejects.toMatchObject({
    code: 'TransferFailed',
    message: expect.stringContaining(`but ${READ_ONLY} is not writable`),
  })
})
