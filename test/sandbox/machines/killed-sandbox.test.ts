import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findProcesses } from '../../../src/sandbox/agent/processes.ts'
import { homeMark, markVariable } from '../../../src/sandbox/machines/home-mark.ts'
import { cleanLeftovers } from '../../../src/sandbox/machines/leftovers.ts'
import { expectNothingLeft, realKinds } from './fleet.ts'

describe.each(realKinds)('after kill -9 of a sandbox with %s nodes', (kind) => {
  it('nothing is left once cleanLeftovers ran, and another sandbox’s nodes live on', async () => {
    const [killed, other] = await Promise.all([sandbox(kind), sandbox(kind)])
    expect((await marked(killed.home)).length).toBeGreaterThan(0)
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    await cleanLeftovers(killed.home)
    await expectNothingLeft(killed.home)
    expect((await marked(other.home)).length).toBeGreaterThan(0)
    expect(readdirSync(join(other.home, 'nodes'))).toContain('i-00000000000000000')
    other.child.kill('SIGKILL')
    await once(other.child, 'exit')
    await cleanLeftovers(other.home)
    await expectNothingLeft(other.home)
    for (const { home } of [killed, other]) rmSync(home, { recursive: true })
  })

  it('its processes end even where nobody cleans up', async () => {
    const { child, home } = await sandbox(kind)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await expect.poll(() => marked(home), { timeout: 5000 }).toEqual([])
    await cleanLeftovers(home)
    await expectNothingLeft(home)
    rmSync(home, { recursive: true })
  })
})

describe('cleanLeftovers', () => {
  it('does nothing where nothing is', async () => {
    const home = mkdtempSync(join(tmpdir(), 'muster-nothing-'))
    await cleanLeftovers(home)
    await cleanLeftovers(join(home, 'never made'))
    expect(readdirSync(home)).toEqual([])
    rmSync(home, { recursive: true })
  })
})

function marked(home: string): Promise<number[]> {
  const mark = `${markVariable}=${homeMark(home)}`
  return findProcesses({
    environment: (text) => text === mark || text.startsWith(`MUSTER_NODE_ROOT=${home}/`),
    command: () => false,
  })
}

async function sandbox(kind: string): Promise<{ readonly child: ChildProcess; readonly home: string }> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'muster-killed-')))
  const program = fileURLToPath(new URL('sandbox-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, kind, home, '2'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return { child, home }
}
