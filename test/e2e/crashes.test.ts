import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { example, rehearse, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

let rehearsal: Rehearsal
beforeAll(() => {
  rehearsal = rehearse()
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

async function fleets(): Promise<{ state: string; nodes: { state: string }[]; storage: object[] }[]> {
  return JSON.parse((await rehearsal.run('status', '--json')).stdout).fleets
}

async function killSandbox(): Promise<void> {
  const state = await readFile(join(rehearsal.home, 'muster/sandbox/state.json'), 'utf8')
  process.kill(JSON.parse(state).pid, 'SIGKILL')
}

describe('kill -9 of muster', () => {
  // Each word begins another part of the raise; what was made before it is found again, and not made twice.
  it.for([
    ['"create-security-group"'],
    ['"launch-cohort"'],
    ['"create-storage"'],
    ['"install-nodes"'],
    ['"verify-nodes"'],
  ])('at %s: the same command again ends with one whole fleet', async ([word]) => {
    const first = rehearsal.start('up', '--progress', 'jsonl')
    await until(`${word} has begun`, async () => startsAction(first.stdout(), word!))
    first.process.kill('SIGKILL')
    await first.ended
    expect(await rehearsal.run('up')).toMatchObject({ exitCode: 0 })
    const [fleet, ...others] = await fleets()
    expect(others).toEqual([])
    expect(fleet?.nodes.filter((node) => node.state !== 'terminated')).toHaveLength(4)
    expect(fleet).toMatchObject({ state: 'ready', storage: [{}] })
    expect(await rehearsal.run('down')).toMatchObject({ exitCode: 0 })
    expect(await fleets()).toEqual([])
  })

  it('right after a launch: muster down proves nothing before the cloud shows what was made', async () => {
    const first = rehearsal.start('up', '--progress', 'jsonl')
    await until('the launch is done', async () => /"action.done".*"launch-cohort"/.test(first.stdout()))
    first.process.kill('SIGKILL')
    await first.ended
    expect(await rehearsal.run('down', '--all')).toMatchObject({ exitCode: 0 })
    expect(await fleets()).toEqual([])
  })
})

describe('kill -9 of the sandbox', () => {
  it('while a job runs ends muster in bounded time, naming what to look at; the next command starts a clean one', async () => {
    const run = rehearsal.start('run', example('hangs.yaml'))
    await until('the job prints', async () => run.stdout().length > 0)
    await killSandbox()
    const ended = await run.ended
    expect(ended.exitCode).toBe(125)
    expect(ended.stderr).toMatch(/cannot reach http:\/\/127\.0\.0\.1:\d+/)
    expect(ended.stderr).toContain('muster sandbox status')
    expect(ended.stderr).not.toMatch(/\n\s+at /)
    expect(await fleets()).toEqual([])
    const logs = await rehearsal.run('logs')
    expect(logs).toMatchObject({ exitCode: 0 })
    expect(logs.stdout.length).toBeGreaterThan(0)
  })
})

function startsAction(stdout: string, kind: string): boolean {
  return stdout.split('\n').some((line) => line.includes('"action.started"') && line.includes(kind))
}
