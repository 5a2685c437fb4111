import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planSetup } from '../../src/core/account/plan-setup.ts'
import { planUnset } from '../../src/core/account/plan-unset.ts'
import { policyDocument } from '../../src/launch/policies.ts'
import type { SetupPlan } from '../../src/core/account/action.ts'
import type { SetupWorld } from '../../src/core/account/foresee-setup.ts'
import { setups } from './worlds/setups.ts'
import type { ContractWorld } from './worlds/world.ts'

const policy = policyDocument('node', '000000000000')

const busyOnly = (error: unknown) => expect(error).toMatchObject({ code: 'FleetBusy' })
const making = (wayOut: 'nat' | 'endpoints') => (seen: SetupWorld) =>
  planSetup({ wayOut, role: true }, seen.network, seen.access, 'us-east-1')

describe.each(setups)('Network and Access: $name', ({ open }) => {
  let world: ContractWorld
  beforeEach(async () => {
    world = await open()
  })
  afterEach(() => world.close())

  const observe = async (): Promise<SetupWorld> => ({
    network: await world.network.observe(),
    access: await world.access.observe(policy),
  })
  const perform = async (plan: SetupPlan) => {
    for (const action of plan.actions) {
      if (action.kind === 'make') await world.network.make(action.part, action.id)
      if (action.kind === 'remove') await world.network.remove(action.part).catch(busyOnly)
      if (action.kind === 'grant') await world.access.grant(action.part, { policy, action: action.id })
      if (action.kind === 'withdraw') await world.access.withdraw(action.part)
    }
  }
  const until = (decide: (seen: SetupWorld) => SetupPlan) =>
    world.until('it converges', async () => {
      const seen = await observe()
      const plan = decide(seen)
      expect(plan.failure).toBeNull()
      await perform(plan)
      return plan.converged ? seen : undefined
    })

  it('sees zones and ranges, and nothing of setup, before anything is made', async () => {
    const { zones, ranges, ...parts } = await world.network.observe()
    expect(zones).toContain('us-east-1a')
    expect(ranges).toContain('172.31.0.0/16')
    expect(Object.values(parts).flat()).toEqual([])
  })

  it.each(['nat', 'endpoints'] as const)(
    'makes a network whose way out is %s, part by part, and takes it away',
    async (wayOut) => {
      const { network, access } = await until(making(wayOut))
      expect(network.vpcs).toMatchObject([{ dns: true }])
      expect(network.subnets.filter((subnet) => subnet.use === 'private').map(({ zone }) => zone)).toEqual(
        network.zones,
      )
      expect(network.nats.length).toBe(wayOut === 'nat' ? 1 : 0)
      expect(network.endpoints.length).toBe(wayOut === 'nat' ? 1 : 4)
      expect(access?.role).toMatchObject({ ssm: true })
      expect(access?.serviceRoles).toHaveLength(2)
      const left = await until((seen) => planUnset(seen.network, seen.access, 'us-east-1'))
      const { zones: _zones, ranges, ...parts } = left.network
      expect(ranges).not.toContain(network.vpcs[0]?.range)
      expect(Object.values(parts).flat()).toEqual([])
    },
  )

  it('changes one way out for the other', async () => {
    await until(making('endpoints'))
    const { network } = await until(making('nat'))
    expect(network.endpoints.map((one) => one.service)).toEqual(['s3'])
    expect(network.groups).toEqual([])
    expect((await until(making('endpoints'))).network).toMatchObject({ nats: [], addresses: [], gateways: [] })
  })

  it('removes what is gone without a word', async () => {
    await until(making('endpoints'))
    const [subnet] = (await world.network.observe()).subnets
    const part = { what: 'subnet', id: subnet?.id ?? '', about: '' } as const
    await world.network.remove({ what: 'vpc', id: 'vpc-00000000000000000', about: '' })
    const endpoints = (await world.network.observe()).endpoints
    for (const { id } of endpoints) await world.network.remove({ what: 'endpoint', id, about: '' })
    await world.until('the subnet is gone', async () => {
      await world.network.remove(part).catch(busyOnly)
      return (await world.network.observe()).subnets.every(({ id }) => id !== part.id)
    })
    await world.network.remove(part)
  })

  it('says which actions we lack: none of an administrator', async () => {
    expect(await world.access.denied(['ec2:CreateVpc', 's3:GetObject', 'iam:PassRole'])).toEqual([])
  })
})
