import { execFile } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { planFolder } from '../../../src/app/transfer/plan-folder.ts'
import { transferError } from '../../../src/app/transfer/transfer-error.ts'
import { unpackArchive } from '../../../src/app/transfer/unpack.ts'
import { writeArchive } from '../../../src/app/transfer/write-archive.ts'
import { randomBytes } from 'node:crypto'
import { arriving, emptyFolder, folderWith } from './folder.ts'

const run = promisify(execFile)

test.each(['ENOSPC', 'EDQUOT'])('%s is a full disk, with the folder and what is missing', (code) => {
  const cause = Object.assign(new Error(code), { code })
  expect(transferError(cause, { what: 'write /x/a', into: '/x', bytesNeeded: 7 })).toMatchObject({
    code: 'DiskFull',
    message: 'could not write /x/a: no space left in /x; 7 more bytes are needed',
    suggestions: ['df -h /x'],
    cause,
  })
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0

// Without root there is no small disk to be had; the test above holds the words all the same.
test.runIf(canMount)('a disk that is really full', async () => {
  const disk = await emptyFolder()
  await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
  onTestFinished(async () => void (await run('umount', [disk])))
  const plan = await planFolder(await folderWith({ 'noise.bin': randomBytes(3_000_000) }), [])
  const full = { code: 'DiskFull', message: expect.stringContaining(`no space left in ${disk}`) }
  await expect(writeArchive(plan, join(disk, 'x.tar.gz'))).rejects.toMatchObject(full)
  expect(await readdir(disk)).toEqual([])
  const archive = join(await emptyFolder(), 'x.tar.gz')
  await writeArchive(plan, archive)
  await expect(unpackArchive(arriving(await readFile(archive), 65536), disk)).rejects.toMatchObject(full)
})
