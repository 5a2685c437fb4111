import { expect, test } from 'vitest'
import { runOf } from '../../../../src/app/queue/run-of.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { BORN, queuedJob } from '../../../contract/job-store/jobs.ts'
import { fakeServices } from '../../../fakes/services.ts'

const array = queuedJob({ id: 'a-20261123-143205-aaaa', array: [3, 4] })
const single = queuedJob({ id: 'b-20261123-143205-bbbb' })

function placed(attempt: number): TaskEvent {
  return { type: 'placed', at: 10, attempt, run: `${array.id}.3.a${attempt}`, cohort: 'c', nodes: [] }
}

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
  const others = ['heat-20261123-143205-k7f2', `${array.id}.3.a2`, '../x']
  expect(await Promise.all(others.map((name) => runOf(name, 'muster logs', services)))).toEqual(others)
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
