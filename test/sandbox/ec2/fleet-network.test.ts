import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planSetup } from '../../../src/core/account/plan-setup.ts'
import type { NetworkChoice } from '../../../src/core/network/choice.ts'
import { openSandboxWorld } from '../../contract/worlds/sandbox.ts'

/** Which network a fleet gets, asked of an endpoint whose networks behave: the default one, one that setup made, one that is named. */
let world: Awaited<ReturnType<typeof openSandboxWorld>>
beforeEach(async () => {
  world = await openSandboxWorld()
})
afterEach(() => world.close())

const nothing: NetworkChoice = { vpc: null, subnets: null, securityGroups: null }

async function setUp(wayOut: 'nat' | 'endpoints') {
  await world.until('it is set up', async () => {
    const plan = planSetup({ wayOut, role: false }, await world.network.observe(), null, 'us-east-1')
    for (const action of plan.actions) {
      if (action.kind === 'make') await world.network.make(action.part, action.id)
    }
    return plan.converged
  })
}

describe('the network of a fleet', () => {
  it('is the default VPC, whose ways out are public addresses, and endpoints for nodes that get none', async () => {
    const { origin, subnets, endpoints } = await world.compute.network(null)
    expect([origin, endpoints?.toSorted()]).toEqual(['default', ['ec2messages', 's3', 'ssm', 'ssmmessages']])
    expect(subnets.length).toBeGreaterThan(2)
    for (const subnet of subnets) {
      expect(subnet).toMatchObject({ wayOut: 'internet', givesPublicAddress: true })
    }
    // Each endpoint has an address in one of the zones.
    expect(
      subnets
        .map((subnet) => subnet.freeAddresses)
        .toSorted((a, b) => a - b)
        .slice(0, 2),
    ).toEqual([4088, 4091])
  })

  it.each([
    ['nat', 'nat', ['s3']],
    ['endpoints', 'none', ['ec2messages', 's3', 'ssm', 'ssmmessages']],
  ] as const)('is what setup made with %s, private subnets alone', async (choice, wayOut, services) => {
    await setUp(choice)
    const { origin, subnets, endpoints } = await world.compute.network(null)
    const { zones } = await world.network.observe()
    expect(origin).toBe('setup')
    expect(subnets.map((subnet) => subnet.zone).toSorted()).toEqual(zones)
    for (const subnet of subnets) expect(subnet).toMatchObject({ wayOut, givesPublicAddress: false })
    expect(endpoints?.toSorted()).toEqual(services)
  })

  it('is what is named, whatever part, also beside one that setup made', async () => {
    const { vpc, subnets } = await world.compute.network(null)
    await setUp('endpoints')
    const [first] = subnets
    const named = await world.compute.network({ ...nothing, subnets: [first?.id ?? ''] })
    expect(named).toMatchObject({ origin: 'named', vpc, subnets: [{ id: first?.id, zone: first?.zone }] })
    expect((await world.compute.network({ ...nothing, vpc })).subnets).toHaveLength(subnets.length)
    const { id } = await world.compute.ensureSecurityGroup('f', 'a', vpc)
    const byGroup = () => world.compute.network({ ...nothing, securityGroups: [id] })
    // Describe calls lag behind: the group is unknown for a moment, and then all of its rules are there.
    const open = await world.until('the group is shown with its rules', async () => {
      const found = await byGroup().catch(() => null)
      return found?.groups?.every((group) => group.selfIngress && group.selfEgress) ? found : undefined
    })
    expect(open).toMatchObject({ vpc, groups: [{ id, vpc }] })
  })

  it.each([
    [{ vpc: 'vpc-00000000000000000' }, 'the VPC vpc-00000000000000000 does not exist in us-east-1'],
    [{ subnets: ['subnet-00000000000000000'] }, 'the subnet subnet-00000000000000000 does not exist in us-east-1'],
    [
      { securityGroups: ['sg-00000000000000000'] },
      'the security group sg-00000000000000000 does not exist in us-east-1',
    ],
  ])('is refused where %j is not there', async (part, message) => {
    await expect(world.compute.network({ ...nothing, ...part })).rejects.toMatchObject({
      code: 'NetworkUnfit',
      message,
    })
  })
})
