import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { example, muster, rehearse, type Rehearsal, type Running } from '../rehearsal/rehearse.ts'
import { killAll } from '../rehearsal/traces.ts'
import { until } from '../rehearsal/until.ts'

let rehearsal: Rehearsal
beforeAll(() => {
  rehearsal = rehearse()
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

async function fleets(): Promise<{ nodes: { id: string }[] }[]> {
  return JSON.parse((await rehearsal.run('status', '--json')).stdout).fleets
}

/** A run of the job that never ends, seen running. */
async function hanging(): Promise<Running> {
  const run = rehearsal.start('run', example('hangs.yaml'))
  await until('the job prints', async () => run.stdout().length > 0)
  return run
}

describe('ctrl-C', () => {
  it('while the fleet is raised stops and undoes, with exit code 130', async () => {
    const run = rehearsal.start('run', example('hangs.yaml'), '--progress', 'jsonl')
    await until('the launch has begun', async () => run.stdout().includes('"launch-cohort"'))
    run.process.kill('SIGINT')
    const ended = await run.ended
    expect(ended.exitCode).toBe(130)
    expect(await fleets()).toEqual([])
  })

  it('while the job runs, with nobody to ask, cancels the job and takes the fleet down', async () => {
    const run = await hanging()
    run.process.kill('SIGINT')
    const ended = await run.ended
    expect(ended.exitCode).toBe(143)
    expect(ended.stderr).toContain('cancelled')
    expect(await fleets()).toEqual([])
  })

  it('twice leaves at once and prints the command that cleans up, which does', async () => {
    const run = await hanging()
    run.process.kill('SIGINT')
    // Another signal: two of the same kind at once may arrive as one.
    run.process.kill('SIGTERM')
    const ended = await run.ended
    expect(ended.exitCode).toBe(143)
    expect(ended.stderr).toContain('muster down hpc')
    expect(await rehearsal.run('down', 'hpc')).toMatchObject({ exitCode: 0 })
    expect(await fleets()).toEqual([])
  })
})

describe('a terminal that goes away', () => {
  it('leaves the job and its fleet alone; muster logs and muster down find them', async () => {
    const run = await hanging()
    run.process.kill('SIGHUP')
    expect(await run.ended).toMatchObject({ exitCode: 8 })
    expect(await fleets()).toMatchObject([{ state: 'ready' }])
    const logs = rehearsal.start('logs', '-f')
    await until('the second reader has something', async () => logs.stdout().length > 0)
    logs.process.kill('SIGINT')
    await logs.ended
    expect(logs.process.signalCode).toBe('SIGINT')
    expect(await rehearsal.run('down')).toMatchObject({ exitCode: 0 })
    expect(await fleets()).toEqual([])
  })
})

describe('a full disk where the output goes', () => {
  it('ends neither the job nor the teardown, but is told in the end', async () => {
    const words = ['run', '--nodes', '1', '--launcher', 'shell', '--', 'sh', '-c', 'echo one; sleep 1; echo two']
    const { folder: cwd, env } = rehearsal
    const run = await execa('sh', ['-c', '"$0" "$@" > /dev/full', muster, ...words], { cwd, env, reject: false })
    expect(run.exitCode).toBe(125)
    expect(run.stderr).toMatch(/the output cannot be written: .* the job goes on[\s\S]*done[\s\S]*the disk is full/)
    expect(await fleets()).toEqual([])
    expect((await rehearsal.run('logs')).stdout).toBe('one\ntwo\n')
  })
})

describe('a second muster', () => {
  it('is refused on a fleet that is in use, saying by whom; readers are not', async () => {
    const run = await hanging()
    for (const words of [['up'], ['down', '--all'], ['run', example('hello.yaml')]]) {
      const refused = await rehearsal.run(...words, '--json')
      expect(JSON.parse(refused.stdout).error).toMatchObject({ code: 'FleetBusy', exitCode: refused.exitCode })
      expect(refused.stdout).toContain(`process ${run.process.pid}`)
    }
    expect(await fleets()).toMatchObject([{ state: 'ready' }])
    run.process.kill('SIGINT')
    expect(await run.ended).toMatchObject({ exitCode: 143 })
  })
})

describe('a node that dies while the job runs', () => {
  it('ends the job naming the node and the phase, and the teardown still happens', async () => {
    const run = await hanging()
    const lead = (await fleets())[0]!.nodes[0]!
    expect(await killAll(lead.id)).toBeGreaterThan(0)
    const ended = await run.ended
    expect(ended.exitCode).not.toBe(0)
    expect(ended.stderr).toMatch(/node-0 died while the job was running/)
    expect(await fleets()).toEqual([])
  })
})
