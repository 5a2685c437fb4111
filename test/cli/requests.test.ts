import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasSwitch, splitArgv } from '../../src/cli/argv.ts'
import { namesFromFlags } from '../../src/commands/down.ts'
import { requestFromFlags as logsRequest } from '../../src/commands/logs.ts'
import { isJobFile } from '../../src/commands/plan.ts'
import { requestFromFlags as resultsRequest } from '../../src/commands/results.ts'
import { requestFromFlags as runRequest } from '../../src/commands/run.ts'
import { requestFromFlags as setupRequest } from '../../src/commands/setup.ts'

test.for([
  [['a', '--', 'b', '--', 'c'], { own: ['a'], program: ['b', '--', 'c'] }],
  [['a'], { own: ['a'], program: null }],
  [['--'], { own: [], program: [] }],
  [[], { own: [], program: null }],
] as const)('%j is split at the first --', ([words, parts]) => {
  expect(splitArgv(words)).toEqual(parts)
})

test('a switch behind -- is not ours', () => {
  expect([hasSwitch(['run', '--json'], '--json'), hasSwitch(['run', '--', '--json'], '--json')]).toEqual([true, false])
})

test.for([
  [undefined, ['hostname', '-f'], {}, { file: null, words: ['hostname', '-f'], overrides: {} }],
  ['a.yaml', null, {}, { file: 'a.yaml', words: null, overrides: {} }],
  [
    'a.yaml',
    ['b'],
    { nodes: 2, 'tasks-per-node': 4, 'time-limit': '1h', env: ['A=1', 'B=x y'], launcher: 'shell', name: '$(x)' },
    {
      file: 'a.yaml',
      words: ['b'],
      overrides: { nodes: 2, tasksPerNode: 4, timeLimit: '1h', env: ['A=1', 'B=x y'], launcher: 'shell', name: '$(x)' },
    },
  ],
] as const)('run %s -- %j with %j', ([file, program, flags, request]) => {
  expect(runRequest(file, program, flags)).toEqual(request)
})

test.for([
  [undefined, { follow: false }, { job: null, follow: false, rank: null, node: null, stream: null }],
  ['j', { follow: true, rank: 0 }, { job: 'j', follow: true, rank: 0, node: null, stream: null }],
  [
    'j',
    { follow: false, node: 'node-1', stream: 'stderr' },
    { job: 'j', follow: false, rank: null, node: 'node-1', stream: 'stderr' },
  ],
] as const)('logs %s with %j', ([job, flags, request]) => {
  expect(logsRequest(job, flags)).toEqual(request)
})

test('results go to the project, or where the user says, as an absolute path', () => {
  expect(resultsRequest(undefined, {}, '/p/results')).toEqual({ job: null, into: '/p/results' })
  expect(resultsRequest('j', { into: 'a b' }, '/p/results')).toEqual({ job: 'j', into: join(process.cwd(), 'a b') })
})

test.for([
  [undefined, false],
  ['hpc', false],
  ['nope', false],
  ['jobs/heat.yaml', true],
  ['heat.yml', true],
  ['./heat', true],
  ['a.yaml', false],
] as const)('plan %s means a job file: %s', ([what, expected]) => {
  expect(isJobFile(what, { hpc: {}, 'a.yaml': {} })).toBe(expected)
})

const fallback = () => 'default'

test('down takes the named fleet, the default one, or all', () => {
  expect(namesFromFlags('a', false, fallback)).toEqual(['a'])
  expect(namesFromFlags(undefined, false, fallback)).toEqual(['default'])
  expect(namesFromFlags(undefined, true, fallback)).toBeNull()
  expect(() => namesFromFlags('a', true, fallback)).toThrow(expect.objectContaining({ code: 'UsageInvalid' }))
})

test.for([
  [
    { remove: false, role: true },
    { remove: false, nat: null, role: true },
  ],
  [
    { remove: false, nat: false, role: false },
    { remove: false, nat: false, role: false },
  ],
  [
    { remove: true, role: true },
    { remove: true, nat: null, role: true },
  ],
] as const)('the setup of %j', ([flags, request]) => {
  expect(setupRequest(flags)).toEqual(request)
})

test('what takes everything away has no way out to choose', () => {
  expect(() => setupRequest({ remove: true, nat: true, role: true })).toThrow(/does not go with --nat/)
})
