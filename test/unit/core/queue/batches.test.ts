import { expect, test } from 'vitest'
import { isBatch, isJobId } from '../../../../src/core/job/id.ts'
import { parseTaskStates } from '../../../../src/core/job/parse-state.ts'
import { coresOfOthers, isBatched } from '../../../../src/core/queue/batches.ts'
import { viewTask } from '../../../../src/core/queue/fold.ts'
import { paces } from '../../../../src/core/queue/paces.ts'
import { startsOf } from '../../../../src/core/queue/starts.ts'
import { UNBORN } from '../../../../src/core/queue/task-view.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'

function startsOn(nodes: readonly string[], more: Parameters<typeof queuedJob>[0]) {
  const job = queuedJob({ array: nodes.map((_, index) => index), ...more })
  const tasks = new Map(
    nodes.map((_, index) => [
      `${job.id}.${index}`,
      { key: { job: job.id, index }, view: { ...UNBORN, version: 1 }, job },
    ]),
  )
  const placements = nodes.map((id, index) => {
    return { task: `${job.id}.${index}`, fleet: 'hpc', cohort: 'c', nodeIds: [id] }
  })
  return { job, starts: startsOf(placements, tasks, () => '10.0.0.1', 5) }
}

test('tasks that share go to their nodes in batches, named after the first and its version', () => {
  const { job, starts } = startsOn(['i-1', 'i-2', 'i-1'], { share: true })
  const batches = Object.fromEntries(starts.map(({ task, placed }) => [String(task.key.index), placed.batch ?? '']))
  expect(batches).toEqual({ 0: `${job.id}.b0-1`, 1: `${job.id}.b1-1`, 2: `${job.id}.b0-1` })
  for (const batch of Object.values(batches)) expect([isJobId(batch), isBatch(batch)]).toEqual([true, true])
  expect(isBatch(job.id) || isBatch(`${job.id}.17.a2`)).toBe(false)
})

test('no batch is larger than what is written anew for each of its tasks may be', () => {
  const { starts } = startsOn(Array<string>(450).fill('i-1'), { share: true })
  const sizes = [...Map.groupBy(starts, ({ placed }) => placed.batch).values()].map((group) => group.length)
  expect(sizes).toEqual([200, 200, 50])
})

test('a task that has its nodes for itself, or more than a program, is started alone', () => {
  const { spec } = queuedJob()
  const prepare = { kind: 'script', text: 'make' } as const
  expect(isBatched({ share: true, spec })).toBe(true)
  expect(isBatched({ share: false, spec })).toBe(false)
  expect(isBatched({ share: true, spec: { ...spec, launcher: 'mpi' } })).toBe(false)
  expect(isBatched({ share: true, spec: { ...spec, prepare } })).toBe(false)
  expect(startsOn(['i-1'], { share: false }).starts[0]?.placed.batch).toBeUndefined()
})

test('batches leave the cores of others that share their node alone', () => {
  const job = queuedJob({ share: true, spec: { ...queuedJob().spec, launcher: 'mpi', tasksPerNode: 3 } })
  const nodes = [{ id: 'i-1', name: 'node-0', ip: '10.0.0.1' }]
  const placed = { type: 'placed', at: 1, attempt: 1, run: 'r', cohort: 'c', nodes } as const
  const alone = { key: { job: job.id, index: null }, view: viewTask([BORN, placed]), job }
  const handed = { ...alone, view: viewTask([BORN, { ...placed, batch: 'b' }]) }
  expect(coresOfOthers([alone, handed, alone])).toEqual(new Map([['i-1', 6]]))
})

test('how long tasks take is learnt from those that ended last', () => {
  const pace = paces()
  expect(pace.of('a')).toBeNull()
  for (const ms of [100, 200, 300]) pace.learn('a', ms)
  expect(pace.of('a')).toBeCloseTo(200)
  for (let nth = 0; nth < 300; nth += 1) pace.learn('a', 1000)
  expect(pace.of('a')).toBeGreaterThan(900)
  expect(pace.of('b')).toBeNull()
})

test('what a node says of a batch is taken apart, and nothing of it on trust', () => {
  const states = parseTaskStates('{"tasks":{"a":{"phase":"done","exitCode":3},"b":7,"c":{"phase":"odd"}}}')
  expect([...states.keys()]).toEqual(['a'])
  expect(states.get('a')).toMatchObject({ phase: 'done', exitCode: 3, logBytes: null })
  for (const text of ['', '[]', '{}', '{"tasks":null}', 'nothing']) expect(parseTaskStates(text).size).toBe(0)
})
