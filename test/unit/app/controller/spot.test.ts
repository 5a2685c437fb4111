import { expect, it } from 'vitest'
import { listJobs } from '../../../../src/app/queue/list-jobs.ts'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import { lastAttempt } from '../../../../src/core/queue/task-view.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

async function until(services: FakeServices, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    expect(tries).toBeLessThan(10_000)
    await services.clock.sleep(200)
  }
}

async function begin(name: string, more: Parameters<typeof smallJob>[1] = {}) {
  const services = fakeServices()
  const played = playQueue(services, (run) => (run.endsWith('k7f2') ? null : { exitCode: 0, afterMs: 5_000 }))
  const job = smallJob(name, more)
  await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: false })
  const working = workQueue({ untilDrained: true }, services)
  await until(services, () => played.started.length > 0)
  const view = async () => (await services.queue.task({ job: job.id, index: null }))!.view
  const say = async (state: object) =>
    services.objects.putBytes(layout.state(job.id, 'node-0'), Buffer.from(JSON.stringify(state)))
  return { services, played, job, working, view, say }
}

it('a task that Spot is about to move runs on while its next node boots, and goes on there when its program ends', async () => {
  const { services, played, job, working, view, say } = await begin('moved')
  const notice = `node-0 ${new Date(services.clock.now() + 120_000).toISOString()}`
  const first = played.started[0]!.node
  await say({ phase: 'running', notice, updatedAt: services.clock.now() })
  await until(services, () => services.compute.alive('hpc').length === 2)
  expect(lastAttempt(await view())).toMatchObject({ attempt: 1, endedAt: null, notice: { node: first } })
  expect((await listJobs({ fleet: null, states: null, limit: 10 }, services)).jobs[0]?.reason).toMatchObject({
    kind: 'spot-notice',
    node: first,
  })
  const logBytes = { stdout: 0, stderr: 0 }
  await say({ phase: 'done', exitCode: 75, reason: 'exited', logBytes, notice, updatedAt: services.clock.now() })
  await working
  expect((await view()).attempts.map(({ outcome, cause }) => [outcome, cause])).toEqual([
    ['failed', 'spot'],
    ['done', null],
  ])
  expect(played.started[1]!.node).not.toBe(first)
  expect(services.events.of('node.reclaimed')).toMatchObject([{ job: job.id, node: first }])
  expect(services.events.of('queue.requeued')).toEqual([{ task: job.id, attempt: 1, cause: 'spot', node: first }])
  expect(services.compute.alive('hpc')).toEqual([])
})

it('a program that says that a node of it died waits for the cloud to show it before it is blamed', async () => {
  const { services, working, view, say, played } = await begin('gang', {
    retries: { exit: 0, node: 1, spot: 0 },
  })
  const logBytes = { stdout: 0, stderr: 0 }
  await say({ phase: 'done', exitCode: 1, reason: 'node-lost', logBytes, updatedAt: services.clock.now() })
  await services.clock.sleep(5_000)
  expect((await view()).state).toBe('running')
  services.compute.kill(played.started[0]!.node)
  await working
  expect((await view()).attempts.map(({ outcome, cause }) => [outcome, cause])).toEqual([
    ['lost', 'node'],
    ['done', null],
  ])
})
