import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFailed, onTestFinished } from 'vitest'
import type { TaskView } from '../../src/core/queue/task-view.ts'
import { openJobStore } from '../../src/store/sqlite/job-store.ts'
import { cloudOf, type Cloud } from '../rehearsal/cloud.ts'
import { killWorkers, seeded } from '../rehearsal/kills.ts'
import { readMarks, type Marks } from '../rehearsal/marks.ts'
import { example, rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

const FLEETS = `
fleets:
  night:
    type: c7i.2xlarge
    capacity: spot
    nodes: {min: 0, max: 6}
    idle: 2m
    storage: {capacity: 1200, export: 's3://night/out'}
`
/** MUSTER_TEST_SEED repeats a run that failed. */
const seed = Number(process.env['MUSTER_TEST_SEED'] ?? Date.now() % 1_000_000)
const KILLS = 30

interface Job {
  readonly id: string
  readonly name: string
  readonly tasks: Readonly<Record<string, number>>
}

async function json<T>(rehearsal: Rehearsal, ...words: readonly string[]): Promise<T> {
  return JSON.parse(succeeded(await rehearsal.run(...words, '--json')).stdout) as T
}

const listed = async (rehearsal: Rehearsal) => (await json<{ jobs: readonly Job[] }>(rehearsal, 'jobs', '--all')).jobs

/** Every task of the job by its name. */
async function views(rehearsal: Rehearsal, job: string): Promise<ReadonlyMap<string, TaskView>> {
  const { shown } = await json<{ shown: { name: string; view: TaskView }[] }>(rehearsal, 'job', job)
  return new Map(shown.map(({ name, view }) => [name, view]))
}

/** Half way Spot takes the node on which the job runs that remembers how far it came. */
async function interruptHalfWay(rehearsal: Rehearsal, jobs: ReadonlyMap<string, string>): Promise<string> {
  const name = jobs.get('resumes') ?? ''
  let node = ''
  // Asked often, and by no process of its own.
  const queue = openJobStore(join(rehearsal.home, 'muster/queue/sandbox-us-east-1.db'))
  await until(
    'many tasks are done and the job that Spot is to interrupt runs',
    async () => {
      const view = (await queue.task({ job: name, index: null }))?.view
      node = (view?.state === 'running' ? view.attempts.at(-1)?.nodes[0]?.id : '') ?? ''
      return node !== '' && ((await queue.counts(jobs.get('small') ?? ''))?.done ?? 0) >= 50
    },
    200_000,
  )
  queue.close()
  const fault = ['spot-interruption', `instanceId=${node}`, 'noticeMs=1000', 'count=1']
  succeeded(await rehearsal.run('sandbox', 'fault', 'add', ...fault))
  return node
}

it('a night’s batch drains though Spot takes a node and the controller is killed thirty times: each task done once, nothing left', async () => {
  onTestFailed(() => console.error(`MUSTER_TEST_SEED=${seed}`))
  const rehearsal = rehearse()
  onTestFinished(async () => expect(await rehearsal.close()).toEqual([]))
  succeeded(await rehearsal.run('sandbox', 'start'))
  await writeFile(join(rehearsal.folder, 'muster.yaml'), FLEETS)
  const cloud = await cloudOf(rehearsal)
  onTestFinished(() => cloud.close())
  await cloud.makeBucket('night')

  const submitted = await json<{ jobs: { name: string; job: string }[] }>(rehearsal, 'submit', example('night.yaml'))
  const jobs = new Map(submitted.jobs.map(({ name, job }) => [name, job]))
  const work = async () => {
    expect(await killWorkers(rehearsal, { times: KILLS, withinMs: 2500, random: seeded(seed) })).toBe(KILLS)
    succeeded(await rehearsal.run('work', '--until-drained'))
  }
  const [node] = await Promise.all([interruptHalfWay(rehearsal, jobs), work()])

  await expectMarks(rehearsal, cloud, jobs)
  const states = Object.fromEntries((await listed(rehearsal)).map(({ name, tasks }) => [name, tasks]))
  expect(states).toEqual({
    build: { done: 1 },
    small: { done: 160 },
    medium: { done: 24 },
    wide: { done: 12 },
    widest: { done: 4 },
    resumes: { done: 1 },
    flaky: { done: 1 },
    broken: { failed: 1 },
    hangs: { 'time-limit': 1 },
    unreachable: { cancelled: 1 },
    sum: { done: 1 },
    report: { done: 1 },
  })
  await expectResumed(rehearsal, jobs, node)
  const log = succeeded(await rehearsal.run('logs', jobs.get('sum') ?? '')).stdout
  expect(log).toMatch(/^200 slices by \d+ ranks: pi is 3\.14159265/)
  expect(await cloud.leftovers()).toEqual([])
  expect(await json(rehearsal, 'status')).toMatchObject({ fleets: [] })
}, 600_000)

/** What the attempts say of themselves is what the queue says of them. */
async function expectMarks(rehearsal: Rehearsal, cloud: Cloud, jobs: ReadonlyMap<string, string>): Promise<void> {
  const marks = readMarks(await cloud.texts('night', 'out/jobs/shared/night/marks/'))
  const wrong: string[] = []
  let known = 0
  for (const [name, job] of jobs) {
    if (['build', 'unreachable', 'report'].includes(name)) continue
    for (const [task, view] of await views(rehearsal, job)) {
      known += 1
      wrong.push(...faultsOf(name, view, marks.get(task)).map((fault) => `${task}: ${fault}`))
    }
  }
  expect(wrong).toEqual([])
  expect([...marks.keys()]).toHaveLength(known)
}

/** How often each may have failed by itself. */
const FAILURES: Readonly<Record<string, number>> = { flaky: 1, broken: 2, hangs: 1 }

function faultsOf(name: string, view: TaskView, marks: Marks | undefined): string[] {
  if (!marks) return ['left no mark']
  const { attempts, state } = view
  const failures = attempts.filter(({ cause }) => cause === 'exit' || cause === 'time-limit')
  const words = failures.map((one) => `${one.attempt} with ${one.exitCode} on ${one.nodes[0]?.id}: ${one.message}`)
  const strays = [...marks.began.keys()].filter((nth) => !attempts.some(({ attempt }) => attempt === nth))
  const beside = attempts.filter(
    ({ attempt }) => (marks.ended.get(attempt)?.at ?? 0) > (marks.began.get(attempt + 1) ?? Number.POSITIVE_INFINITY),
  )
  // Nobody can know of a success whose node died before it was told.
  const needless = marks.again.filter((nth) => !['spot', 'node'].includes(attempts[nth - 2]?.cause ?? ''))
  const successes = [...marks.ended.values()].filter(({ code }) => code === 0).length
  return [
    marks.twice > 0 ? `ran ${marks.twice} times more than it was to` : null,
    needless.length > 0 ? `was begun again after its end, in attempts ${needless.join(', ')}` : null,
    strays.length > 0 ? `attempts ${strays.join(', ')} are not in its history` : null,
    beside.length > 0 ? 'two attempts ran side by side' : null,
    successes !== (state === 'done' ? 1 : 0) ? `${successes} successes, and it is ${state}` : null,
    (marks.done !== null) !== (state === 'done') ? `its mark says done: ${marks.done}, and it is ${state}` : null,
    failures.length === (FAILURES[name] ?? 0) ? null : `failed ${words.length} times by itself: ${words.join('; ')}`,
  ].filter((fault) => fault !== null)
}

/** It was on the node that Spot took, and went on where it had stopped. */
async function expectResumed(rehearsal: Rehearsal, jobs: ReadonlyMap<string, string>, node: string): Promise<void> {
  const name = jobs.get('resumes') ?? ''
  const attempts = (await views(rehearsal, name)).get(name)?.attempts ?? []
  const taken = attempts.find((one) => one.nodes.some(({ id }) => id === node))
  expect(taken).toMatchObject({ outcome: 'lost', cause: 'spot' })
  expect(succeeded(await rehearsal.run('logs', name)).stdout).toMatch(/^attempt \d+ goes on after \d+$/m)
}
