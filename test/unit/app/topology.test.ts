import { expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes } from './sample.ts'

it('ranks are in the order of launch where the network may not be asked for, which is said once and stops nothing', async () => {
  const services = fakeServices()
  playNodes(services)
  services.compute.failNext('topology', new MusterError('NotAllowed', 'no right to ec2:DescribeInstanceTopology'))
  const ids = (await raiseFleet({ ...FLEET, nodes: 4, storage: null }, services)).nodes.map((node) => node.id)
  expect(ids).toEqual(ids.toSorted())
  expect(services.events.of('warning')).toMatchObject([
    { message: 'hpc: ranks are in the order of launch, not of the network: no right to ec2:DescribeInstanceTopology' },
  ])
  expect(services.compute.called('topology')).toBe(1)
})
