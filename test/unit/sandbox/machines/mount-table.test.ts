import { expect, it } from 'vitest'
import { mountPoints } from '../../../../src/sandbox/machines/mount-table.ts'

it('reads mount points with their spaces', () => {
  const table = String.raw`24 1 254:0 / / rw - ext4 /dev/vda rw
25 24 0:5 / /dev/my\040disk\011x rw - devtmpfs devtmpfs rw
`
  expect(mountPoints(table)).toEqual(['/', '/dev/my disk\tx'])
})
