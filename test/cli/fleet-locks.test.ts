import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileFleetLocks } from '../../src/cli/fleet-locks.ts'
import { start, temporaryFolder } from './fixtures/run.ts'

const holder = join(import.meta.dirname, 'fixtures/holds-lock.ts')

test('a fleet that another process holds is refused with the holder and what it does', async () => {
  using folder = temporaryFolder()
  const other = start(process.execPath, [holder, folder.path])
  await other.said(/held/)
  const locks = fileFleetLocks(folder.path, 'sandbox')
  await expect(locks.acquire('hpc', 'raising')).rejects.toMatchObject({
    code: 'FleetBusy',
    message: expect.stringContaining(`running heat (process ${other.child.pid}`),
  })
  await (await locks.acquire('other', 'raising')).release()
  await (await fileFleetLocks(folder.path, 'aws').acquire('hpc', 'raising')).release()
  other.child.kill('SIGKILL')
  await other.ended
  await (await locks.acquire('hpc', 'after its death')).release()
})

test('it is re-entrant within a process, and free when the last has let go', async () => {
  using folder = temporaryFolder()
  const locks = fileFleetLocks(folder.path, 'sandbox')
  const outer = await locks.acquire('hpc', 'running')
  const inner = await locks.acquire('hpc', 'raising')
  await inner.release()
  const other = start(process.execPath, [holder, folder.path])
  await other.said(/FleetBusy/)
  await outer.release()
  const next = start(process.execPath, [holder, folder.path])
  await next.said(/held/)
  next.child.kill('SIGKILL')
  await Promise.all([other.ended, next.ended])
})
