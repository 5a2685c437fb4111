import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProcesses } from '../../../src/sandbox/agent/processes.ts'
import { homeMark, markVariable } from '../../../src/sandbox/machines/home-mark.ts'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet } from './fleet.ts'

describe.each(realKinds)('the life of a %s node', (kind) => {
  let fleet: TestFleet
  beforeAll(async () => {
    fleet = await testFleet(kind)
  })
  afterAll(() => fleet.end())

  it('is lost when its agent is killed from outside, and so is what it runs', async () => {
    const node = fleet.boot(1)
    await node.heard('online')
    const running = node.run('echo begun; sleep 1000')
    for (const pid of await agents(fleet.home)) process.kill(pid, 'SIGKILL')
    await node.heard('lost')
    expect(await running).toEqual({ ended: 'lost', exitCode: -1, stdout: '', stderr: '' })
    await expect(node.run('true')).rejects.toThrow('no agent is connected')
    await node.machine.destroy()
    expect(node.told).toEqual(['online', 'lost'])
  })

  it('can be destroyed at any moment of its boot, and twice', async () => {
    for (const pauseMs of [0, 3, 10, 30, 60]) {
      const node = fleet.boot(2)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      await Promise.all([node.machine.destroy(), node.machine.destroy()])
      expect(node.told.filter((event) => event !== 'online')).toEqual([])
      expect(existsSync(join(fleet.home, 'nodes', node.machine.instanceId))).toBe(false)
    }
  })

  it('ends what runs on it when it is destroyed, detached or not', async () => {
    const node = fleet.boot(3)
    await node.heard('online')
    // A word that no other process of this machine has: the same instance ids live in other sandboxes.
    const nap = `sleep 1000.${Date.now()}${process.pid}`
    const napping = () => findProcesses({ environment: () => false, command: (text) => text.startsWith(nap) })
    await node.sh(`setsid ${nap} </dev/null >/dev/null 2>&1 & nohup ${nap} </dev/null >/dev/null 2>&1 &`)
    const running = node.run(`exec ${nap}`)
    await expect.poll(async () => (await napping()).length).toBe(3)
    await node.machine.destroy()
    expect((await running).ended).toBe('lost')
    expect(await napping()).toEqual([])
  })

  it('begins anew under the same id', async () => {
    const first = fleet.boot(4)
    await first.heard('online')
    await first.sh('echo old >"${MUSTER_NODE_ROOT:-}/opt/old"')
    await first.machine.destroy()
    const second = fleet.boot(4)
    await second.heard('online')
    expect(await second.sh('ls "${MUSTER_NODE_ROOT:-}/opt"')).not.toContain('old')
    await second.machine.destroy()
  })

  it('is shared by many: twelve boot, find each other’s sshd, and end together', async () => {
    const nodes = Array.from({ length: 12 }, (_, number) => fleet.boot(20 + number))
    await Promise.all(nodes.map((node) => node.heard('online')))
    const last = nodes.at(-1)
    const keys = await nodes[0]?.sh(
      kind === 'namespace'
        ? `ssh-keyscan -t ed25519 ${last?.address} 2>/dev/null`
        : `ssh-keyscan -t ed25519 -p $(cut -d" " -f2 ${fleet.home}/nodes/.addresses/${last?.address}) 127.31.7.41 2>/dev/null`,
    )
    expect(keys).toContain('ssh-ed25519 ')
    await Promise.all(nodes.map((node) => node.machine.destroy()))
    expect(new Set(nodes.flatMap(({ told }) => told))).toEqual(new Set(['online']))
  })
})

async function agents(home: string): Promise<number[]> {
  const mark = `${markVariable}=${homeMark(home)}`
  const marked = await findProcesses({ environment: (text) => text === mark, command: () => false })
  const programs = await findProcesses({
    environment: () => false,
    command: (text) => /agent\/main\.(ts|js) ?$/.test(text),
  })
  return marked.filter((pid) => programs.includes(pid))
}
