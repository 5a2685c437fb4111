import { expect, it } from 'vitest'
import { raiseFleet } from '../../../../src/app/fleet/raise.ts'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { readWorkNote } from '../../../../src/app/controller/note-work.ts'
import { jobId } from '../../../../src/core/job/id.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { JOB } from '../sample.ts'
import { playQueue, smallJob } from './played-queue.ts'

/** A fleet of one node that is up, at most one, and a task for it in the queue. */
async function world() {
  const services = fakeServices()
  const { clock, queue } = services
  const played = playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
  const description = { ...smallJob('any').description, nodes: 1, maxNodes: 1 }
  await raiseFleet(description, services)
  const [node] = services.compute.alive('hpc')
  const job = smallJob('one', { description })
  await queue.submit([job], { type: 'submitted', at: clock.now(), held: false })
  return { services, played, node: node!, job }
}

it('begins nothing on a fleet that another muster uses, says so, and goes on when it is free', async () => {
  const { services, played, node, job } = await world()
  services.locks.others.add('hpc')
  const working = workQueue({ untilDrained: true }, services)
  await services.clock.sleep(60_000)
  expect(played.started).toEqual([])
  expect((await readWorkNote(services.queue))?.reasons[job.id]).toMatchObject({ kind: 'fleet-blocked' })
  expect(services.events.of('queue.fleet-blocked')).toHaveLength(1)
  services.locks.others.delete('hpc')
  await working
  expect(played.started.map((one) => one.node)).toEqual([node])
})

it('leaves a node alone on which a job runs that is not of the queue, and does not end it', async () => {
  const services = fakeServices()
  const { clock, compute, objects, queue } = services
  const played = playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
  const description = { ...smallJob('any').description, nodes: 1, maxNodes: 2 }
  await raiseFleet(description, services)
  const [node = ''] = compute.alive('hpc')
  const at = clock.now()
  const id = jobId('byhand', at, 0.5)
  const hosts = [{ id: node, name: 'node-0', ip: '', slots: 1 }]
  objects.plant(layout.record(id), JSON.stringify({ version: 1, id, spec: JOB, fleet: 'hpc', hosts, submittedAt: at }))
  const say = (phase: string) =>
    objects.plant(layout.state(id, 'node-0'), JSON.stringify({ phase, startedAt: at, updatedAt: at }))
  say('running')
  await queue.submit([smallJob('one', { description })], { type: 'submitted', at, held: false })
  const working = workQueue({ untilDrained: true }, services)
  const state = async () => (await queue.task({ job: smallJob('one').id, index: null }))?.view.state
  for (let times = 0; (await state()) !== 'done'; times += 1) {
    expect(times).toBeLessThan(10_000)
    await clock.sleep(1_000)
  }
  await clock.sleep(60_000)
  expect(played.started).toHaveLength(1)
  expect(played.started[0]?.node).not.toBe(node)
  expect(compute.alive('hpc')).toContain(node)
  say('done')
  await working
  expect(compute.alive('hpc')).toEqual([])
})
