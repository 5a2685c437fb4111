import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadJob, loadJobs, type JobRequest } from '../../../src/config/load-job.ts'
import { folderWith } from './folder.ts'

async function load(text: string, request: Partial<JobRequest> = {}) {
  const cwd = await folderWith({ 'jobs/night.yaml': text, 'jobs/src/x': '' })
  const whole = { file: 'jobs/night.yaml', words: null, overrides: {}, cwd, fleetNodes: () => 4, ...request }
  return { cwd, whole, loaded: () => loadJobs(whole) }
}

const NIGHT = `
fleet: cfd
workdir: src
timeLimit: 10m
env: { LR: 0.10, SIZE: 1 }
jobs:
  build:
    launcher: shell
    nodes: 1
    command: make
  sweep:
    array: 0-99%8
    share: true
    script: ./step
    after: build
    env: { SIZE: 2.50 }
    timeLimit: 1h
  report:
    name: The report
    workdir: none
    nodes: 2
    command: [report, 1.0]
    after: ["sweep:any", heat-20261123-143205-k7f2]
`

test('several jobs: what they share is said once, and a job’s own word wins', async () => {
  const { cwd, loaded } = await load(NIGHT)
  const batch = await loaded()
  if (batch.kind !== 'batch') throw new TypeError('no batch')
  expect([...batch.jobs.keys()]).toEqual(['build', 'sweep', 'report'])
  const [build, sweep, report] = [...batch.jobs.values()]
  expect(build).toMatchObject({
    fleet: 'cfd',
    spec: { name: 'build', nodes: 1, timeLimitS: 600, env: { LR: '0.10', SIZE: '1' }, workdir: join(cwd, 'jobs/src') },
    queue: { after: [], array: null },
  })
  expect(sweep).toMatchObject({
    spec: { name: 'sweep', nodes: 1, launcher: 'mpi', timeLimitS: 3600, env: { LR: '0.10', SIZE: '2.50' } },
    queue: { after: [{ job: 'build', on: 'ok' }], atOnce: 8, share: true },
  })
  expect(report).toMatchObject({
    spec: { name: 'The report', workdir: null, program: { kind: 'argv', words: ['report', '1.0'] } },
    queue: {
      after: [
        { job: 'sweep', on: 'any' },
        { job: 'heat-20261123-143205-k7f2', on: 'ok' },
      ],
    },
  })
})

test('--fleet and --env are meant for all of them', async () => {
  const { loaded } = await load(NIGHT, { overrides: { fleet: 'gpu', env: ['SIZE=9'] } })
  const batch = await loaded()
  if (batch.kind !== 'batch') throw new TypeError('no batch')
  expect([...batch.jobs.values()].map(({ fleet, spec }) => [fleet, spec.env['SIZE']])).toEqual([
    ['gpu', '9'],
    ['gpu', '9'],
    ['gpu', '9'],
  ])
})

test('who runs one job is told that the queue takes several', async () => {
  const { whole } = await load(NIGHT)
  await expect(loadJob(whole)).rejects.toMatchObject({
    code: 'UsageInvalid',
    message: 'jobs/night.yaml holds several jobs, which only the queue takes',
    suggestions: ['muster submit jobs/night.yaml'],
  })
})

describe('refused', () => {
  test.each([
    [
      'a job that nobody knows',
      'jobs:\n  prepare: {command: a}\n  mesh: {command: b, after: [prepair]}\n',
      'jobs/night.yaml:3:30: "prepair" is no job of this file, and no id of a job; did you mean "prepare"?',
    ],
    [
      'a circle',
      'jobs:\n  a: {command: a, after: c}\n  b: {command: a, after: a}\n  c: {command: a, after: "b:any"}\n',
      'jobs/night.yaml:3:26: "a" waits for "c" waits for "b" waits for "a": none of them would ever run',
    ],
    [
      'a job that waits for itself',
      'jobs:\n  a:\n    command: a\n    after: a\n',
      'jobs/night.yaml:4:12: "a" waits for "a": none of them would ever run',
    ],
    [
      'no command',
      'jobs:\n  a: {nodes: 1}\n',
      'jobs/night.yaml:2:6: command is missing; write command (words) or script (text that /bin/sh runs)',
    ],
    [
      'a mistyped key of a job',
      'jobs:\n  a: {command: a, retrys: 1}\n',
      'jobs/night.yaml:2:19: unknown key "retrys" in jobs.a; did you mean "retries"?',
    ],
    [
      'a name that is none',
      'jobs:\n  The job: {command: a}\n',
      'jobs/night.yaml:2:3: name "The job" in jobs is not allowed; it must be a name of lower case letters, digits and - inside, at most 32 characters',
    ],
    [
      'what all may not say at once',
      'command: x\njobs:\n  a: {command: a}\n',
      /^jobs\/night\.yaml:1:1: unknown key "command"; known are fleet, launcher/,
    ],
    ['no jobs', 'jobs: {}\n', /^jobs\/night\.yaml:1:7: jobs is a mapping; it must have at least one job/],
    ['jobs that are none', 'jobs: 3\n', /^jobs\/night\.yaml:1:7: jobs is 3; it must be a mapping of names to jobs/],
    ['a job that is none', 'jobs: {a: 3}\n', /^jobs\/night\.yaml:1:11: jobs\.a is 3; it must be a mapping/],
    [
      'what all say and one cannot have',
      'nodes: 2\njobs:\n  a: {command: a, share: true}\n',
      'jobs/night.yaml:3:19: tasks that share a node have one node, not 2',
    ],
    [
      'a folder of all that is not there, once',
      'workdir: nowhere\njobs:\n  a: {command: a}\n  b: {command: b}\n',
      'jobs/night.yaml:1:10: workdir "nowhere" does not exist',
    ],
  ])('%s', async (_name, text, message) => {
    const { loaded } = await load(text)
    const wanted = typeof message === 'string' ? message : expect.stringMatching(message)
    await expect(loaded()).rejects.toMatchObject({ code: 'JobFileInvalid', message: wanted })
  })

  test('everything at once, in the order of the file', async () => {
    const { loaded } = await load('jobs:\n  a: {after: b}\n  c: {command: "\'", after: d}\n')
    await expect(loaded()).rejects.toThrow(/^4 problems:\n.*:2:6: command.*\n.*:2:14: "b".*\n.*:3:16: .*\n.*:3:28: "d"/)
  })

  test('flags of one job, with where to write them', async () => {
    const { loaded } = await load(NIGHT, { overrides: { tasksPerNode: 2 }, queue: { array: '0-9' } })
    await expect(loaded()).rejects.toMatchObject({
      code: 'UsageInvalid',
      message: '--tasks-per-node, --array: that is for one job, and jobs/night.yaml has 3',
      suggestions: ['tasksPerNode: below jobs.build in jobs/night.yaml', 'muster submit jobs/night.yaml'],
    })
    const words = await load(NIGHT, { words: ['true'] })
    await expect(words.loaded()).rejects.toMatchObject({ message: /^a command after --: that is for one job/ })
  })
})
