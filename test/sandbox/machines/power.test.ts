import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet } from './fleet.ts'

describe.each(realKinds)('the power switch of a %s node', (kind) => {
  let fleet: TestFleet
  beforeAll(async () => {
    fleet = await testFleet(kind)
  })
  afterAll(() => fleet.end())

  it.each(['shutdown -h now', 'shutdown now', 'poweroff', 'halt', 'shutdown -h +0'])(
    '%s powers off',
    async (command) => {
      const node = fleet.boot(1)
      await node.heard('online')
      expect(await node.sh(`${command} && echo done`)).toBe('done')
      await node.heard('poweroff')
      await node.machine.destroy()
    },
  )

  it('waits where a time is given, and forgets it when told to', async () => {
    const node = fleet.boot(2)
    await node.heard('online')
    const scheduled = await node.run('shutdown -h +5')
    expect(scheduled.exitCode).toBe(0)
    expect(scheduled.stderr).toMatch(/^Shutdown scheduled for .*, use 'shutdown -c' to cancel\.\n$/)
    await node.sh('shutdown -c')
    expect((await node.run('shutdown -h soon')).stderr).toContain('Failed to parse time specification: soon')
    expect(node.told).toEqual(['online'])
    await node.machine.destroy()
  })
})
