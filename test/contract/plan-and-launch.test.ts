import { afterEach, beforeEach, expect, it } from 'vitest'
import { raiseFleet } from '../../src/app/fleet/raise.ts'
import { planFleet } from '../../src/app/plan/plan-fleet.ts'
import type { RaisePlan } from '../../src/app/results/plan.ts'
import { connectAws, type AwsPorts } from '../../src/aws/connect.ts'
import type { FleetSpec } from '../../src/core/fleet/spec.ts'
import { sleep } from '../../src/kit/sleep.ts'
import type { Service } from '../../src/sandbox/service.ts'
import { createEc2 } from '../../src/sandbox/services/ec2/service.ts'
import { createFsx } from '../../src/sandbox/services/fsx/service.ts'
import { createIam } from '../../src/sandbox/services/iam/service.ts'
import { createSsm } from '../../src/sandbox/services/ssm/service.ts'
import { createSts } from '../../src/sandbox/services/sts/service.ts'
import type { World } from '../../src/sandbox/world.ts'
import { fakeServices } from '../fakes/services.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/harness.ts'
import { FLEET } from '../unit/app/sample.ts'

/** What a plan says, against what an endpoint that writes everything down really receives. */
let cloud: TestSandbox
let ports: AwsPorts
const asked: { readonly name: string; readonly input: unknown }[] = []

function listening(create: (world: World) => Service): (world: World) => Service {
  return (world) => {
    const service = create(world)
    const operations = [...service.operations].map(([name, operation]) => {
      const handle: typeof operation.handle = (input, call) => {
        asked.push({ name, input })
        return operation.handle(input, call)
      }
      return [name, { ...operation, handle }] as const
    })
    return { ...service, operations: new Map(operations) }
  }
}

beforeEach(async () => {
  asked.length = 0
  cloud = await startTestSandbox({ services: [createEc2, createSsm, createFsx, createSts, createIam].map(listening) })
  const { region, endpoint, credentials } = cloud
  ports = connectAws({ region, endpoint, credentials, clock: { now: Date.now, sleep }, ids: Math })
})

afterEach(() => cloud.close())

/** Raises for real until the launch has been accepted, then presses ctrl-C: what is compared has arrived by then. */
async function launched(wanted: FleetSpec): Promise<RaisePlan> {
  const services = fakeServices(ports as never)
  const launchCohort: AwsPorts['compute']['launchCohort'] = async (request) => {
    const ids = await ports.compute.launchCohort(request)
    services.interrupts.press()
    return ids
  }
  Object.assign(services, { compute: { ...ports.compute, launchCohort } })
  const plan = await planFleet(wanted, services)
  asked.length = 0
  await expect(raiseFleet(wanted, services)).rejects.toMatchObject({ code: 'Interrupted' })
  return plan
}

const received = (name: string) => asked.filter((one) => one.name === name).map(({ input }) => input)

it('up asks the endpoint for exactly what the plan says, card by card, for each of three kinds of fleet', async () => {
  const { subnets } = await ports.compute.network(null)
  for (const [type, nodes, cards] of [
    ['hpc7g.16xlarge', 16, 1],
    ['p5.48xlarge', 4, 32],
    ['c6i.32xlarge', 8, 1],
  ] as const) {
    const plan = await launched({ ...FLEET, types: [type], nodes, storage: null })
    const [rung] = plan.rungs
    expect(plan.interfaces, type).toHaveLength(cards)
    expect(plan.actions.find(({ kind }) => kind === 'launch-cohort')?.what).toBe(
      `+${nodes} ${type} ${rung?.zone} cluster, EFA x${cards}`,
    )
    const [template] = received('CreateLaunchTemplate') as Received<'LaunchTemplateData'>[]
    const data = template?.LaunchTemplateData as { InstanceType: string; NetworkInterface: readonly Wire[] }
    expect(data.InstanceType).toBe(type)
    expect(data.NetworkInterface.map(interfaceOf)).toEqual(plan.interfaces)
    const [fleet] = received('CreateFleet')
    expect(fleet).toMatchObject({
      Type: 'instant',
      LaunchTemplateConfigs: [{ Overrides: [{ InstanceType: type, Placement: { GroupName: 'muster-hpc' } }] }],
      TargetCapacitySpecification: { TotalTargetCapacity: String(nodes), DefaultTargetCapacityType: 'on-demand' },
      OnDemandOptions: { MinTargetCapacity: String(nodes), SingleInstanceType: 'true', SingleAvailabilityZone: 'true' },
    })
    const subnet = /"SubnetId":"([^"]+)"/.exec(JSON.stringify(fleet))?.[1]
    expect(subnets.find(({ id }) => id === subnet)?.zone).toBe(rung?.zone)
    expect(received('CreatePlacementGroup')).toMatchObject([{ Strategy: 'cluster' }])
    expect(received('CreateFleet')).toHaveLength(1)
  }
}, 60_000)

type Received<K extends string> = Readonly<Record<K, unknown>>
type Wire = Readonly<Record<'NetworkCardIndex' | 'DeviceIndex', string>> & { readonly InterfaceType?: string }

/** An ordinary interface is sent without its kind. */
function interfaceOf({ NetworkCardIndex, DeviceIndex, InterfaceType = 'interface' }: Wire) {
  return { cardIndex: Number(NetworkCardIndex), deviceIndex: Number(DeviceIndex), kind: InterfaceType }
}
