import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet } from './fleet.ts'

describe.each(realKinds)('user data of a %s node', (kind) => {
  let fleet: TestFleet
  beforeAll(async () => {
    fleet = await testFleet(kind)
  })
  afterAll(() => fleet.end())

  it('runs at boot as the agent’s user, with its log in /var/log/cloud-init-output.log', async () => {
    const text = '#!/bin/sh\nid -u\necho trouble >&2\necho booted >"${MUSTER_NODE_ROOT:-}/opt/booted"\nexit 3\n'
    const node = fleet.boot(1, { userData: gzipSync(text) })
    await node.heard('user data 3: ')
    expect(node.told.at(-1)).toContain(`${process.getuid?.()}\ntrouble\n`)
    expect(
      await node.sh('cat "${MUSTER_NODE_ROOT:-}/opt/booted" "${MUSTER_NODE_ROOT:-}/var/log/cloud-init-output.log"'),
    ).toContain('booted\n')
    await node.machine.destroy()
  })

  it('does not keep the agent waiting', async () => {
    const node = fleet.boot(2, { userData: Buffer.from('#!/bin/sh\nsleep 1000') })
    await node.heard('online')
    expect(await node.sh('echo here')).toBe('here')
    await node.machine.destroy()
    expect(node.told).toEqual(['online'])
  })

  it('says what it leaves out', async () => {
    const node = fleet.boot(3, { userData: Buffer.from('#cloud-config\npackages: [vim]\n') })
    await node.heard('user data 0: ')
    expect(node.told.at(-1)).toContain('left out #cloud-config')
    await node.machine.destroy()
  })
})
