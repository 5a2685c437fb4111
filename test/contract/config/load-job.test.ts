import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadJob, loadJobs, type JobRequest } from '../../../src/config/load-job.ts'
import { folderWith } from './folder.ts'

const load = async (cwd: string, request: Partial<JobRequest>) =>
  loadJob({ file: null, words: null, overrides: {}, cwd, fleetNodes: (fleet) => (fleet === null ? 4 : 9), ...request })

const HEAT = `
name: heat $(id) "quoted"
nodes: 4
tasksPerNode: 2
prepare: mpicc -O2 'heat equation.c' -o heat
command: [./heat, --steps, 100, --factor, 0.10, true]
env: { OMP_NUM_THREADS: 1, VERSION: 1.10, FLAG: true, TEXT: "a b\\nc" }
ignore: "*.o"
outputs: [./out/, field.png]
timeLimit: 10m
fleet: cfd
`

test('a whole file', async () => {
  const folder = await folderWith({ 'jobs/heat.yaml': HEAT })
  expect(await load(folder, { file: 'jobs/heat.yaml' })).toMatchObject({
    fleet: 'cfd',
    spec: {
      name: 'heat $(id) "quoted"',
      launcher: 'mpi',
      nodes: 4,
      tasksPerNode: 2,
      program: { kind: 'argv', words: ['./heat', '--steps', '100', '--factor', '0.10', 'true'] },
      prepare: { kind: 'argv', words: ['mpicc', '-O2', 'heat equation.c', '-o', 'heat'] },
      env: { OMP_NUM_THREADS: '1', VERSION: '1.10', FLAG: 'true', TEXT: 'a b\nc' },
      workdir: join(folder, 'jobs'),
      ignore: ['*.o'],
      outputs: ['out', 'field.png'],
      timeLimitS: 600,
    },
  })
})

test('flags and words win over the file', async () => {
  const folder = await folderWith({ 'heat.yaml': HEAT, 'src/x': '' })
  const overrides = {
    name: 'n',
    fleet: 'x',
    launcher: 'shell',
    nodes: 1,
    tasksPerNode: 3,
    env: ['TEXT=a=b', 'NEW='],
    timeLimit: '1h',
    workdir: 'src',
  }
  const { spec, fleet } = await load(folder, { file: 'heat.yaml', words: ['echo', '$(id)', ''], overrides })
  expect(fleet).toBe('x')
  expect(spec).toMatchObject({
    name: 'n',
    launcher: 'shell',
    nodes: 1,
    tasksPerNode: 3,
    timeLimitS: 3600,
    workdir: join(folder, 'src'),
  })
  expect(spec.program).toEqual({ kind: 'argv', words: ['echo', '$(id)', ''] })
  expect(spec.env).toMatchObject({ TEXT: 'a=b', NEW: '', OMP_NUM_THREADS: '1' })
})

test('scripts, and what is left out', async () => {
  const folder = await folderWith({
    'a.yaml': 'script: |\n  echo "$HOME" | cat\nprepare: {script: make}\nfleet: b\nworkdir: none\n',
  })
  const { spec } = await load(folder, { file: join(folder, 'a.yaml') })
  expect(spec.program).toEqual({ kind: 'script', text: 'echo "$HOME" | cat\n' })
  expect(spec.prepare).toEqual({ kind: 'script', text: 'make' })
  expect(spec).toMatchObject({
    name: 'a',
    nodes: 9,
    tasksPerNode: 1,
    workdir: null,
    outputs: [],
    ignore: [],
    timeLimitS: null,
  })
})

test('ad hoc: mpi on all nodes of the fleet, no folder', async () => {
  const { spec, fleet } = await load('/', { words: ['/bin/true', 'a b'] })
  expect(fleet).toBeNull()
  expect(spec).toMatchObject({
    name: 'true',
    launcher: 'mpi',
    nodes: 4,
    tasksPerNode: 1,
    workdir: null,
    prepare: null,
    env: {},
  })
  expect(spec.program).toEqual({ kind: 'argv', words: ['/bin/true', 'a b'] })
})

describe('refused', () => {
  test.each([
    ['nothing to run', {}, 'UsageInvalid', /nothing to run/],
    ['an empty first word', { words: ['', 'a'] }, 'UsageInvalid', /^--: the first word is empty/],
    ['a NUL byte', { words: ['a', 'b\0'] }, 'UsageInvalid', /^--: a word has a NUL byte/],
    [
      'nodes 0',
      { words: ['a'], overrides: { nodes: 0 } },
      'UsageInvalid',
      /^--nodes: 0 is not right; it must be a whole number from 1 to 1000/,
    ],
    [
      '10^9 tasks',
      { words: ['a'], overrides: { tasksPerNode: 1e9 } },
      'UsageInvalid',
      /^--tasks-per-node: 1000000000 is not right/,
    ],
    [
      'a setting without =',
      { words: ['a'], overrides: { env: ['A'] } },
      'UsageInvalid',
      /^--env: "A" is not right; it must have the form NAME=VALUE/,
    ],
    [
      'a bad name of a setting',
      { words: ['a'], overrides: { env: ['1A=x'] } },
      'UsageInvalid',
      /^--env: "1A=x" is not right; it must be a name/,
    ],
    [
      'a workdir that is not there',
      { words: ['a'], overrides: { workdir: 'nowhere' } },
      'UsageInvalid',
      /^--workdir: workdir "nowhere" does not exist/,
    ],
    ['a folder as job file', { file: 'folder' }, 'JobFileInvalid', /^folder: is a folder/],
    ['an empty file', { file: 'empty.yaml' }, 'JobFileInvalid', /^empty\.yaml: it is empty/],
    ['no command', { file: 'none.yaml' }, 'JobFileInvalid', /^none\.yaml:1:1: command is missing/],
    [
      'command and script',
      { file: 'both.yaml' },
      'JobFileInvalid',
      /^both\.yaml:2:1: command and script exclude each other/,
    ],
    [
      'a workdir that is a file',
      { file: 'workdir.yaml' },
      'JobFileInvalid',
      /^workdir\.yaml:2:10: workdir "both\.yaml" is no folder/,
    ],
  ] as const)('%s', async (_name, request, code, message) => {
    const folder = await folderWith({
      'empty.yaml': '',
      'none.yaml': 'nodes: 2\n',
      'both.yaml': 'command: a\nscript: b\n',
      'workdir.yaml': 'command: a\nworkdir: both.yaml\n',
    })
    await mkdir(join(folder, 'folder'))
    await expect(load(folder, request as Partial<JobRequest>)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  test('all at once, in the order of the file', async () => {
    const folder = await folderWith({ 'a.yaml': 'nodes: 0\nworkdir: nowhere\nlauncer: mpi\ncommand: a\nscript: b\n' })
    const failure = load(folder, { file: 'a.yaml', overrides: { env: ['A'] } })
    await expect(failure).rejects.toThrow(
      /^5 problems:\n.*a\.yaml:1:8.*\n.*a\.yaml:2:10.*\n.*a\.yaml:3:1.*\n.*a\.yaml:5:1.*\n.*--env/,
    )
  })
})

test('a file that is not there: the nearest ones are offered', async () => {
  const folder = await folderWith({ 'jobs/heat.yaml': '', 'jobs/hello.yml': '', 'jobs/heat.c': '' })
  await expect(load(folder, { file: 'jobs/haet.yaml' })).rejects.toMatchObject({
    code: 'JobFileMissing',
    message: 'there is no job file "jobs/haet.yaml"; did you mean jobs/heat.yaml?',
    suggestions: ['muster run jobs/heat.yaml', 'ls jobs/'],
  })
  await expect(load(folder, { file: 'heat' })).rejects.toMatchObject({
    suggestions: ['muster run jobs/heat.yaml', 'muster run -- heat', 'ls jobs/'],
  })
  await expect(load(folder, { file: '/nowhere/x.yaml' })).rejects.toMatchObject({ code: 'JobFileMissing' })
})

test('every example job loads', async () => {
  const root = join(import.meta.dirname, '../../..')
  const files = (await readdir(join(root, 'jobs'))).filter((name) => name.endsWith('.yaml'))
  expect(files).toContain('heat.yaml')
  for (const file of files) {
    const request = { file: join('jobs', file), words: null, overrides: {}, cwd: root, fleetNodes: () => 4 }
    const loaded = await loadJobs(request)
    for (const { spec } of loaded.kind === 'job' ? [loaded.job] : loaded.jobs.values()) {
      expect(spec.workdir?.startsWith(join(root, 'jobs')) ?? true, file).toBe(true)
    }
  }
})

async function problemsOf(name: string, text: string): Promise<string[]> {
  const folder = await folderWith({ [name]: text })
  const error = await load(folder, { file: name }).catch((thrown: unknown) => thrown)
  return (error as { data: { problems: string[] } }).data.problems
}

describe('what is wrong is said once, in words of ours', () => {
  test.for([
    ['- a\n', 'job.yaml:1:1: the file is a list; it must be a mapping: lines of the form key: value'],
    ['hello\n', 'job.yaml:1:1: the file is "hello"; it must be a mapping: lines of the form key: value'],
    [
      'command: a\ntimeLimit: 10 parsecs\n',
      'job.yaml:2:12: timeLimit is "10 parsecs"; it must be a time such as 90s, 10m, 2h or 1d, from 1s to 365d',
    ],
    ['command: a\nworkdir: "a\\0b"\n', 'job.yaml:2:10: workdir is "a\\u0000b"; it must be a folder, or none'],
  ] as const)('%j', async ([text, problem]) => {
    expect(await problemsOf('job.yaml', text)).toEqual([problem])
  })

  test('also for a file whose name has line breaks, which forge no line', async () => {
    expect(await problemsOf('a\nb.yaml', 'comand: a\nscript: b\n')).toEqual([
      'a\\nb.yaml:1:1: unknown key "comand"; did you mean "command"?',
    ])
  })
})
