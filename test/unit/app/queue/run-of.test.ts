import { expect, test } from 'vitest'
import { runOf, runOnceBegun } from '../../../../src/app/queue/run-of.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

const array = queuedJob({ id: 'a-20261123-143205-aaaa', array: [3, 4] })
const single = queuedJob({ id: 'b-20261123-143205-bbbb' })

function placed(attempt: number): TaskEvent {
  return { type: 'placed', at: 10, attempt, run: `${array.id}.3.a${attempt}`, cohort: 'c', nodes: [] }
}

const told = { exitCode: 75, message: '', cause: 'spot', node: null } as const
const ENDED: TaskEvent[] = [
  { type: 'attempt-ended', at: 11, attempt: 1, outcome: 'failed', failedIn: null, ...told },
  { type: 'requeued', at: 11, attempt: 1, notBefore: 11, cause: 'spot', node: null },
]

async function queueOfTwo() {
  const services = fakeServices()
  await services.queue.submit([array], BORN)
  await services.queue.submit([single], BORN)
  return services
}

test('a task is its newest attempt, and what the queue does not have goes on as it is', async () => {
  const services = await queueOfTwo()
  await services.queue.append([{ key: { job: array.id, index: 3 }, event: placed(1), expects: 1 }], null)
  expect(await runOf(`${array.id}.3`, 'muster logs', services)).toBe(`${array.id}.3.a1`)
  const key = { job: single.id, index: null }
  const events: TaskEvent[] = [{ ...placed(1), run: single.id } as TaskEvent, ...ENDED, placed(2)]
  await services.queue.append(
    events.map((event, nth) => ({ key, event, expects: nth + 1 })),
    null,
  )
  expect(await runOf(single.id, 'muster logs', services)).toBe(`${array.id}.3.a2`)
  expect(await runOf(`${single.id}.a1`, 'muster logs', services)).toBe(single.id)
  const others = ['heat-20261123-143205-k7f2', `${array.id}.3.a2`, '../x']
  expect(await Promise.all(others.map((name) => runOf(name, 'muster logs', services)))).toEqual(others)
})

test('the tasks that a node was given together have a log each, and none in common', async () => {
  const services = await queueOfTwo()
  await expect(runOf(`${array.id}.b0-1`, 'muster logs', services)).rejects.toMatchObject({
    code: 'UsageInvalid',
    suggestions: [`muster logs ${array.id}.3`, `muster job ${array.id}`],
  })
  await expect(runOf(`${single.id}.b2-7`, 'muster results', services)).rejects.toMatchObject({
    suggestions: [`muster results ${single.id}`, `muster job ${single.id}`],
  })
})

test('a whole array, and a task that has not begun, are refused with what to type', async () => {
  const services = await queueOfTwo()
  await expect(runOf(array.id, 'muster results', services)).rejects.toMatchObject({
    code: 'UsageInvalid',
    suggestions: [`muster results ${array.id}.3`, `muster job ${array.id}`],
  })
  await expect(runOf(single.id, 'muster logs', services)).rejects.toMatchObject({
    code: 'JobUnknown',
    message: `${single.id} has not been started yet`,
    suggestions: [`muster why ${single.id}`],
  })
  await expect(runOf(`${array.id}.9`, 'muster logs', services)).rejects.toMatchObject({ code: 'JobUnknown' })
})

test('who follows a task waits until it has begun, and is told once that it has not', async () => {
  const services = await queueOfTwo()
  const key = { job: array.id, index: 3 }
  const run = `${array.id}.3.a1`
  const begins = async () => {
    await services.clock.sleep(5000)
    await services.queue.append(
      [{ key, event: { ...placed(1), batch: `${array.id}.b3-1` } as TaskEvent, expects: 1 }],
      null,
    )
    await services.clock.sleep(5000)
    const record = { version: 1, id: `${array.id}.b3-1`, runs: [run] }
    await services.objects.putBytes(layout.record(record.id), Buffer.from(JSON.stringify(record)))
  }
  const [found] = await Promise.all([runOnceBegun(`${array.id}.3`, 'muster logs', services), begins()])
  expect(found).toBe(run)
  expect(services.events.of('job.awaited')).toHaveLength(1)
})

test('nobody waits for a task that ended and never began', async () => {
  const services = await queueOfTwo()
  const finished = { type: 'finished', at: 9, outcome: 'cancelled', exitCode: null, message: '' } as const
  await services.queue.append([{ key: { job: single.id, index: null }, event: finished, expects: 1 }], null)
  await expect(runOnceBegun(single.id, 'muster logs', services)).rejects.toMatchObject({ code: 'JobUnknown' })
})
