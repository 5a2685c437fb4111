import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { example, rehearse, type Rehearsal } from './muster.ts'
import { until } from './until.ts'

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = await rehearse()
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

async function fleets(): Promise<unknown[]> {
  return JSON.parse((await rehearsal.muster(['status', '--json'])).stdout as string).fleets
}

describe('ctrl-C', () => {
  it('while the fleet is raised stops and undoes, with exit code 130', async () => {
    const run = rehearsal.muster(['run', example('hangs.yaml'), '--progress', 'jsonl'], { buffer: true })
    await until('the launch has begun', async () => {
      for await (const line of run) if (line.includes('"launch-cohort"')) return true
      return false
    })
    run.kill('SIGINT')
    const ended = await run
    expect(ended.exitCode).toBe(130)
    expect(await fleets()).toEqual([])
  })

  it('while the job runs, with nobody to ask, cancels the job and takes the fleet down', async () => {
    const run = rehearsal.muster(['run', example('hangs.yaml')])
    let seen = ''
    run.stdout?.on('data', (data: Buffer) => (seen += data.toString()))
    await until('the job prints', async () => seen.length > 0)
    run.kill('SIGINT')
    const ended = await run
    expect(ended.exitCode).toBe(143)
    expect(ended.stderr).toContain('cancelled')
    expect(await fleets()).toEqual([])
  })

  it('twice leaves at once and prints the command that cleans up, which does', async () => {
    const run = rehearsal.muster(['run', example('hangs.yaml')])
    let seen = ''
    run.stdout?.on('data', (data: Buffer) => (seen += data.toString()))
    await until('the job prints', async () => seen.length > 0)
    run.kill('SIGINT')
    run.kill('SIGTERM')
    const ended = await run
    expect(ended.exitCode).toBe(130)
    expect(ended.stderr).toContain('muster down hpc')
    expect((await rehearsal.muster(['down', 'hpc'])).exitCode).toBe(0)
    expect(await fleets()).toEqual([])
  })
})

describe('a node that is killed while the job runs', () => {
  it('ends the job naming the node and the phase, and the teardown still happens', async () => {
    const run = rehearsal.muster(['run', example('hangs.yaml')])
    let seen = ''
    run.stdout?.on('data', (data: Buffer) => (seen += data.toString()))
    await until('the job prints', async () => seen.length > 0)
    const status = JSON.parse((await rehearsal.muster(['status', '--json'])).stdout as string)
    const lead = status.fleets[0].nodes[0]
    const killed = await rehearsal.kill(lead.id)
    expect(killed).toBe(true)
    const ended = await run
    expect(ended.exitCode).not.toBe(0)
    expect(ended.stderr).toMatch(/node-0 died while the job was running/)
    expect(await fleets()).toEqual([])
  })
})
