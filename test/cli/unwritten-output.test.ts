import { expect, test } from 'vitest'
import { muster, run } from './fixtures/run.ts'

test.for([['--help'], ['config', 'schema'], ['config', 'show', '--json']])(
  'what %s could not write because the disk is full is no success',
  async (words) => {
    const { code, stderr } = await run('sh', ['-c', '"$0" "$@" > /dev/full', muster, ...words])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: the disk is full: .*\n\nhint: df -h\n$/)])
  },
)
