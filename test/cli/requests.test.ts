import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasSwitch, splitArgv } from '../../src/cli/argv.ts'
import { requestFromFlags as costRequest } from '../../src/commands/cost.ts'
import { nameFromFlags } from '../../src/commands/cancel.ts'
import { namesFromFlags } from '../../src/commands/down.ts'
import { requestFromFlags as jobsRequest } from '../../src/commands/jobs.ts'
import { requestFromFlags as logsRequest } from '../../src/commands/logs.ts'
import { isJobFile } from '../../src/commands/plan.ts'
import { requestFromFlags as quarantineRequest } from '../../src/commands/quarantine.ts'
import { requestFromFlags as resultsRequest } from '../../src/commands/results.ts'
import { jobFromFlags as runRequest } from '../../src/cli/job-flags.ts'
import { requestFromFlags as setupRequest } from '../../src/commands/setup.ts'
import { requestFromFlags as shellRequest } from '../../src/commands/shell.ts'
import { queueFromFlags } from '../../src/commands/submit.ts'
import { detachedWords } from '../../src/commands/work.ts'

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

test('quarantine takes a word of why, but not for a release', () => {
  expect(quarantineRequest('i-1', { release: false })).toEqual({ node: 'i-1', why: '', release: false })
  expect(quarantineRequest('i-1', { release: false, why: 'slow' })).toEqual({
    node: 'i-1',
    why: 'slow',
    release: false,
  })
  expect(quarantineRequest('i-1', { release: true })).toEqual({ node: 'i-1', why: '', release: true })
  expect(() => quarantineRequest('i-1', { release: true, why: 'slow' })).toThrow('--release')
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

test('cost is of all, from the beginning, where nothing is said', () => {
  expect(costRequest(undefined, {}, 0)).toEqual({ of: null, since: null })
  expect(costRequest('night', { since: '1h' }, 7_200_000)).toEqual({ of: 'night', since: 3_600_000 })
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

test('what submit says of the queue goes on as it was typed, and what was not said stays unsaid', () => {
  expect(queueFromFlags({ array: '0-9%2', after: ['a:any'], priority: -3, share: false, retries: 2 })).toEqual({
    array: '0-9%2',
    after: ['a:any'],
    priority: -3,
    share: false,
    retries: 2,
  })
  expect(queueFromFlags({ matrix: ['lr=$(x)'] })).toEqual({ matrix: ['lr=$(x)'] })
})

test.for([
  [{ all: false }, { fleet: null, states: null, limit: 20 }],
  [
    { all: true, state: [] },
    { fleet: null, states: null, limit: 1_000_000 },
  ],
  [
    { all: false, limit: 3, fleet: 'hpc', state: ['failed'] },
    { fleet: 'hpc', states: ['failed'], limit: 3 },
  ],
] as const)('jobs with %j', ([flags, request]) => {
  expect(jobsRequest(flags)).toEqual(request)
})

test.for([
  ['j', { all: false, yes: false }, 'j'],
  [undefined, { all: true, yes: true }, null],
] as const)('cancel %s with %j', ([job, flags, name]) => {
  expect(nameFromFlags(job, flags)).toBe(name)
})

test.for([
  ['j', { all: true, yes: true }, 'UsageInvalid'],
  [undefined, { all: false, yes: true }, 'UsageInvalid'],
  [undefined, { all: true, yes: false }, 'Declined'],
] as const)('cancel %s with %j is refused', ([job, flags, code]) => {
  expect(() => nameFromFlags(job, flags)).toThrow(expect.objectContaining({ code }))
})

test('one in the background is told the cloud, region and profile that this one found', () => {
  const aws = { cloud: 'aws', region: 'eu-north-1', profile: 'a b', untilDrained: true }
  expect(detachedWords(aws).join(' ')).toBe(
    'work --progress plain --cloud aws --region eu-north-1 --profile a b --until-drained',
  )
  expect(detachedWords({ ...aws, profile: null, untilDrained: false })).not.toContain('--until-drained')
})

test.for([
  [undefined, null, {}, { node: null, words: null, user: null }],
  ['hpc/node-1', [], { user: 'muster' }, { node: 'hpc/node-1', words: null, user: 'muster' }],
  ['i-1', ['ls', '-l a'], {}, { node: 'i-1', words: ['ls', '-l a'], user: null }],
] as const)('shell %j -- %j %j', ([node, program, flags, request]) => {
  expect(shellRequest(node, program, flags)).toEqual(request)
})

test.for(['', 'a b', '$(x)', '-x'])("shell --user %j is no user's name", (user) => {
  expect(() => shellRequest('i-1', null, { user })).toThrow(/is no user's name/)
})
