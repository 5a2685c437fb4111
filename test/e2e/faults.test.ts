import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { example, rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = rehearse()
  succeeded(await rehearsal.run('sandbox', 'start'))
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

const fleets = async () => JSON.parse((await rehearsal.run('status', '--json')).stdout).fleets as unknown

describe('a bad day of AWS', () => {
  it.for([
    ['shortage instanceType=* zone=*', 'CapacityShortage', 5],
    ['partial instanceType=* launched=2', 'CapacityShortage', 5],
    ['storage-fails count=1', 'StorageFailed', 125],
  ] as const)('%s: a named failure, and nothing is left', async ([fault, code, exitCode]) => {
    succeeded(await rehearsal.run('sandbox', 'fault', 'add', ...fault.split(' ')))
    const run = await rehearsal.run('run', example('hello.yaml'), '--json')
    succeeded(await rehearsal.run('sandbox', 'fault', 'clear'))
    expect(JSON.parse(run.stdout).error).toMatchObject({ code, exitCode })
    expect(run.exitCode).toBe(exitCode)
    expect(await fleets()).toEqual([])
  })

  it.for([
    ['dies-pending count=1', 'an instance dies while it is pending'],
    ['agent-flaps forMs=3s count=2', 'agents that have registered flap'],
    ['instance-hidden forMs=3s count=4', 'describe calls do not know the instances yet'],
  ] as const)('%s: the run gets there all the same, and nothing is left', async ([fault]) => {
    succeeded(await rehearsal.run('sandbox', 'fault', 'add', ...fault.split(' ')))
    const run = await rehearsal.run('run', example('hello.yaml'), '--json')
    succeeded(await rehearsal.run('sandbox', 'fault', 'clear'))
    expect(JSON.parse(succeeded(run).stdout)).toMatchObject({ outcome: 'done', exitCode: 0 })
    expect(await fleets()).toEqual([])
  })

  it('throttles every tenth call: the run takes longer, and that is all', async () => {
    succeeded(await rehearsal.run('sandbox', 'fault', 'add', 'throttle', 'operation=*', 'rate=0.1'))
    const run = await rehearsal.run('run', example('hello.yaml'), '--json')
    succeeded(await rehearsal.run('sandbox', 'fault', 'clear'))
    expect(JSON.parse(succeeded(run).stdout)).toMatchObject({ outcome: 'done', exitCode: 0 })
    expect(await fleets()).toEqual([])
  })
})

describe('bad input', () => {
  it.for([
    ['comand: hostname\n', /job\.yaml:1:1: unknown key "comand"; did you mean "command"\?/],
    ['command: [a, b\nnodes: 2\n', /job\.yaml:\d+:\d+: /],
    ['command: hostname\nnodes: 1000000000\n', /nodes is 1000000000; it must be/],
    ['command: hostname\ntasksPerNode: 65\n', /65 tasks per node are more than the 64 cores/],
  ] as const)('%j is refused with exit code 2, and nothing is made', async ([text, message]) => {
    await writeFile(join(rehearsal.folder, 'job.yaml'), text)
    const words = await rehearsal.run('run', 'job.yaml')
    expect(words.stderr).toMatch(message)
    const run = await rehearsal.run('run', 'job.yaml', '--json')
    expect([words.exitCode, run.exitCode, JSON.parse(run.stdout).error.exitCode]).toEqual([2, 2, 2])
    expect(words.stderr + run.stderr).not.toMatch(/\n\s+at /)
    expect(await fleets()).toEqual([])
  })

  it('names the nearest type where there is none of that name', async () => {
    await writeFile(join(rehearsal.folder, 'muster.yaml'), 'fleets: {hpc: {type: hpc7g.16xlrge}}\n')
    const run = await rehearsal.run('up')
    expect(run.stderr).toMatch(/no instance type 'hpc7g\.16xlrge' in us-east-1; the nearest are hpc7g\.16xlarge/)
    expect(run.exitCode).toBe(2)
    expect(await fleets()).toEqual([])
  })
})
