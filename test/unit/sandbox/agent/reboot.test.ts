import { expect, it } from 'vitest'
import { mountedBelow } from '../../../../src/sandbox/agent/reboot.ts'

it('finds the file systems that were mounted from the sandbox’s folder, and nothing else', () => {
  const table = [
    '1 0 254:0 /home/fsx /run/muster/private/fsx rw - ext4 /dev/vda rw',
    String.raw`2 0 254:0 /home/fsx/fs-1 /my\040fsx rw - ext4 /dev/vda rw`,
    '3 0 254:0 /home/fsx-other /other rw - ext4 /dev/vda rw',
    '4 0 254:0 /home/nodes/i-1/own/tmp /tmp rw - ext4 /dev/vda rw',
  ].join('\n')
  expect(mountedBelow(table, '/run/muster/private/fsx')).toEqual(['/my fsx'])
  expect(mountedBelow(table, '/nowhere')).toEqual([])
})
