import { afterEach, beforeEach, expect, it } from 'vitest'
import { planFleet } from '../../src/app/plan/plan-fleet.ts'
import { planRemoval } from '../../src/app/plan/plan-removal.ts'
import { connectAws, type AwsPorts } from '../../src/aws/connect.ts'
import { planRemovals } from '../../src/cli/take-down-all.ts'
import { sleep } from '../../src/kit/sleep.ts'
import type { Service } from '../../src/sandbox/service.ts'
import { createEc2 } from '../../src/sandbox/services/ec2/service.ts'
import { createFsx } from '../../src/sandbox/services/fsx/service.ts'
import { createPricing } from '../../src/sandbox/services/pricing/service.ts'
import { createSsm } from '../../src/sandbox/services/ssm/service.ts'
import { createSts } from '../../src/sandbox/services/sts/service.ts'
import type { World } from '../../src/sandbox/world.ts'
import { fakeServices } from '../fakes/services.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/harness.ts'
import { FLEET } from '../unit/app/sample.ts'

/** Plans over the real SDK, at an endpoint that writes down what it is asked. */
let cloud: TestSandbox
let ports: AwsPorts
const asked: string[] = []

function listening(create: (world: World) => Service): (world: World) => Service {
  return (world) => {
    const service = create(world)
    const operations = [...service.operations].map(([name, operation]) => {
      const handle: typeof operation.handle = (input, call) => {
        asked.push(`${service.name} ${operation.name}`)
        return operation.handle(input, call)
      }
      return [name, { ...operation, handle }] as const
    })
    return { ...service, operations: new Map(operations) }
  }
}

beforeEach(async () => {
  asked.length = 0
  cloud = await startTestSandbox({ services: [createEc2, createSsm, createFsx, createSts].map(listening) })
  const { region, endpoint, credentials } = cloud
  ports = connectAws({ region, endpoint, credentials, clock: { now: Date.now, sleep }, ids: Math })
})

afterEach(() => cloud.close())

const reads = /^(?:ec2|ssm|fsx|sts) (?:Describe|Get|List)/

it('plans a raise and a teardown with reads alone; prices are unknown where the endpoint has none', async () => {
  const services = fakeServices(ports as never)
  const plan = await planFleet(FLEET, services)
  expect(plan.actions.map(({ kind }) => kind)).toContain('launch-cohort')
  expect(plan.cost.usdPerHour).toEqual({ total: null, known: null })
  expect(services.events.of('price.unknown')).toMatchObject([
    { instanceType: FLEET.types[0] },
    { instanceType: 'storage SCRATCH_2' },
  ])
  expect(await planRemoval('hpc', services)).toMatchObject({ converged: true })
  expect(await planRemovals(null, [], services)).toEqual([])
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter((call) => !reads.test(call))).toEqual([])
  expect(await ports.compute.fleets()).toEqual([])
})

it('plans the removal of what is there, and leaves it there', async () => {
  await ports.compute.ensureSecurityGroup('hpc', 'a', (await ports.compute.network(null)).vpc)
  asked.length = 0
  const services = fakeServices(ports as never)
  expect(await planRemovals(['hpc'], [], services)).toMatchObject([
    { fleet: 'hpc', converged: false, actions: [{ kind: 'delete-security-group' }] },
  ])
  expect(asked.filter((call) => !reads.test(call))).toEqual([])
  expect(await ports.compute.fleets()).toEqual(['hpc'])
})

it('knows the price where the endpoint has a price list', async () => {
  await cloud.close()
  cloud = await startTestSandbox({ services: [createEc2, createSsm, createFsx, createSts, createPricing] })
  const { region, endpoint, credentials } = cloud
  const own = connectAws({ region, endpoint, credentials, clock: { now: Date.now, sleep }, ids: Math })
  const { cost } = await planFleet(FLEET, fakeServices(own as never))
  expect(cost.parts[0]).toMatchObject({ what: '2 x hpc7g.16xlarge', usdPerHour: 2 * 1.6832 })
})
