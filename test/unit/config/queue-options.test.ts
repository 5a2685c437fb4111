import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArray, printArray } from '../../../src/config/array.ts'
import { parseAxis } from '../../../src/config/matrix.ts'
import { loadJob } from '../../../src/config/load-job.ts'
import type { QueueFlags } from '../../../src/config/queue-options.ts'
import { combination, combinations } from '../../../src/core/queue/matrix.ts'
import { checkpointFolder, taskSpec } from '../../../src/core/queue/task-spec.ts'

const load = (queue: QueueFlags, nodes = 1) =>
  loadJob({
    file: null,
    words: ['sim', '--lr={lr}', '{index}', '{other}'],
    overrides: { nodes },
    queue,
    cwd: '/',
    fleetNodes: () => 4,
  })

describe('arrays', () => {
  it.each([
    ['0-3', [0, 1, 2, 3], null],
    ['0-100:50%2', [0, 50, 100], 2],
    ['7,1,3-4,3', [1, 3, 4, 7], null],
  ])('%s', (text, indices, atOnce) => {
    expect(parseArray(text)).toEqual({ indices, atOnce })
  })

  it.each(['', '3-1', '0-', 'a', '0-9%0', '0-9:0', '-1', '1,,2', '0-99999999', '0-200000', '1%2%3'])(
    '%s is none',
    (text) => {
      expect(parseArray(text)).toBeNull()
    },
  )

  it('are printed as they are read', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 50 }), (drawn) => {
        const indices = drawn.toSorted((a, b) => a - b)
        expect(parseArray(printArray(indices))?.indices).toEqual(indices)
      }),
    )
  })
})

describe('matrices', () => {
  it('have every combination once, the last axis fastest', () => {
    const matrix = [parseAxis('lr=0.10,0.01')!, parseAxis('seed=1..3')!]
    const all = Array.from({ length: combinations(matrix) }, (_, index) => combination(matrix, index))
    expect(all).toHaveLength(6)
    expect(all[0]).toEqual({ lr: '0.10', seed: '1' })
    expect(all[1]).toEqual({ lr: '0.10', seed: '2' })
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(6)
  })

  it.each(['lr', '=1', '1a=2', 'a-b=1'])('%s is no axis', (text) => {
    expect(parseAxis(text)).toBeNull()
  })

  it('fill the words of a command, and say the task’s place in its environment', async () => {
    const { spec, queue } = await load({ matrix: ['lr=0.10,0.01'] })
    const task = taskSpec({ spec, matrix: queue.matrix }, 1, 2)
    expect(task.program).toEqual({ kind: 'argv', words: ['sim', '--lr=0.01', '1', '{other}'] })
    expect(task.env).toMatchObject({ lr: '0.01', MUSTER_ARRAY_INDEX: '1', MUSTER_ATTEMPT: '2' })
    expect(checkpointFolder({ job: 'sim-20261123-143205-k7f2', index: 1 })).toBe(
      'sim-20261123-143205-k7f2/checkpoint/1',
    )
  })

  it('has values that only look a little like a range word for word', async () => {
    const { queue } = await load({ matrix: ['path=a/../b,../c,..,v1..v2,1.5'] })
    expect(queue.matrix).toEqual([{ name: 'path', values: ['a/../b', '../c', '..', 'v1..v2', '1.5'] }])
  })

  it('wins over an environment that has the same name, as it does in the words of the command', async () => {
    const { spec, queue } = await load({ matrix: ['lr=0.1,0.01'] })
    const told = taskSpec({ spec: { ...spec, env: { lr: '5' } }, matrix: queue.matrix }, 0, 1)
    expect([told.program, told.env['lr']]).toEqual([
      { kind: 'argv', words: ['sim', '--lr=0.1', '0', '{other}'] },
      '0.1',
    ])
  })
})

describe('what the queue is told', () => {
  it('comes from flags and file, with sensible defaults', async () => {
    const { queue } = await load({ array: '0-9%2', after: ['a-20261123-143205-k7f2:any'], retries: 1, priority: 5 })
    expect(queue).toMatchObject({ atOnce: 2, priority: 5, share: false, retries: { exit: 1, node: 2, spot: 10 } })
    expect(queue.after).toEqual([{ job: 'a-20261123-143205-k7f2', on: 'any' }])
  })

  it('tasks that share nodes have one, whatever the fleet has', async () => {
    const { spec } = await loadJob({
      file: null,
      words: ['true'],
      overrides: {},
      queue: { share: true },
      cwd: '/',
      fleetNodes: () => 4,
    })
    expect(spec.nodes).toBe(1)
  })

  it.each([
    [{ array: '9-1' }, /--array.*indices such as/],
    [{ matrix: ['a'] }, /--matrix.*NAME=VALUE/],
    [{ matrix: ['a=1,,2'] }, /--matrix.*NAME=VALUE/],
    [{ matrix: ['a=1,2,'] }, /--matrix.*NAME=VALUE/],
    [{ matrix: ['a=5..1'] }, /"5\.\.1".*that go up/],
    [{ matrix: ['a=0.1..0.5'] }, /"0\.1\.\.0\.5".*whole numbers/],
    [{ matrix: ['a=0..10..2'] }, /whole numbers/],
    [{ matrix: ['a=1..100001'] }, /at most 100000 of them/],
    [{ matrix: ['a=1,2', 'b=1', 'a=3'] }, /a is there twice/],
    [{ matrix: ['a=1,2'], array: '0-1' }, /exclude each other/],
    [{ matrix: ['a=1..1000', 'b=1..1000'] }, /1000000 combinations/],
    [{ after: ['../x'] }, /--after.*job id/],
    [{ priority: 5000 }, /--priority.*-1000 to 1000/],
  ] satisfies [QueueFlags, RegExp][])('%o is refused', async (flags, words) => {
    await expect(load(flags)).rejects.toMatchObject({ code: 'UsageInvalid', message: expect.stringMatching(words) })
  })

  it('tasks of several nodes share none', async () => {
    await expect(load({ share: true }, 2)).rejects.toMatchObject({ message: expect.stringMatching(/one node, not 2/) })
  })
})
