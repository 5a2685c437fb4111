import { expect, it } from 'vitest'
import { fleetWorker } from '../../../../src/app/controller/fleet-worker.ts'
import { MusterError } from '../../../../src/core/errors/muster-error.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

const nobody = new Set<string>()

it('a launch stays pending until the worker itself has seen its nodes: else a decision on what it saw before would ask for them twice', async () => {
  const services = fakeServices()
  playQueue(services, () => null)
  const spec = { ...smallJob('any').description, minNodes: 0, maxNodes: 4 }
  const worker = fleetWorker(spec, services)
  await worker.look(spec, nobody)
  worker.apply({ launch: [2], end: [], why: { kind: 'nothing' } }, nobody)
  await expect
    .poll(async () => {
      await services.clock.sleep(1000)
      const { nodes } = await services.compute.observe(spec.name)
      return nodes.filter((node) => node.stages.has('verified')).length
    })
    .toBe(2)
  expect([worker.observed()?.nodes.length, worker.pending().map((launch) => launch.nodes)]).toEqual([0, [2]])
  await worker.look(spec, nobody)
  expect([worker.observed()?.nodes.length, worker.pending()]).toEqual([2, []])
  await worker.stop()
})

it('a launch into what we may never see is undone, so that nothing is paid for while it is tried again', async () => {
  const services = fakeServices()
  const spec = { ...smallJob('any').description, minNodes: 0, maxNodes: 4 }
  services.remote.failNext('online', new MusterError('NotAllowed', 'you may not ssm:DescribeInstanceInformation'), 1000)
  const worker = fleetWorker(spec, services)
  await worker.look(spec, nobody)
  worker.apply({ launch: [2], end: [], why: { kind: 'nothing' } }, nobody)
  await expect
    .poll(async () => {
      await services.clock.sleep(1000)
      return worker.blocked()
    })
    .toMatchObject({ code: 'NotAllowed', hint: 'ask for the action that is named to be added to your policy' })
  const { nodes, template } = await services.compute.observe(spec.name)
  expect([nodes.map(({ state }) => state), template]).toEqual([['terminated', 'terminated'], null])
  await worker.stop()
})
