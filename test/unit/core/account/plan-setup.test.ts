import { array, assert, boolean, constantFrom, property, record, type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SetupWish } from '../../../../src/core/account/action.ts'
import { describeSetup } from '../../../../src/core/account/describe.ts'
import { afterSetup, foreseeSetup, type SetupWorld } from '../../../../src/core/account/foresee-setup.ts'
import { emptyNetwork, SERVICE_ROLES, type ObservedAccess } from '../../../../src/core/account/observed.ts'
import { planSetup } from '../../../../src/core/account/plan-setup.ts'
import { planUnset } from '../../../../src/core/account/plan-unset.ts'

const REGION = 'us-east-1'
const noAccess: ObservedAccess = { role: null, profile: null, serviceRoles: [] }
const empty = (zones: readonly string[] = ['a', 'b', 'c']): SetupWorld => ({
  network: emptyNetwork(zones, ['172.31.0.0/16']),
  access: noAccess,
})
const decide = (wish: SetupWish) => (world: SetupWorld) => planSetup(wish, world.network, world.access, REGION)
const undo = (world: SetupWorld) => planUnset(world.network, world.access, REGION)
const NAT: SetupWish = { wayOut: 'nat', role: true }
const ENDPOINTS: SetupWish = { wayOut: 'endpoints', role: true }

/** What the world is when a number of its actions have been done, one after another, and time has passed. */
function played(world: SetupWorld, decideOn: ReturnType<typeof decide>, actions = Infinity): SetupWorld {
  let [seen, left] = [world, actions]
  for (let round = 0; round < 40; round += 1) {
    const plan = decideOn(seen)
    if (plan.converged || left <= 0) return seen
    expect(plan.failure).toBeNull()
    for (const action of plan.actions.slice(0, left)) seen = afterSetup(seen, action, REGION)
    left -= plan.actions.length
    seen = { ...seen, network: aged(seen.network) }
  }
  throw new Error('it does not converge')
}

function aged(network: SetupWorld['network']): SetupWorld['network'] {
  const there = network.nats.filter((nat) => nat.state !== 'deleting')
  return {
    ...network,
    nats: there.map((nat) => ({ ...nat, state: 'available' })),
    addresses: there.length > 0 ? network.addresses : network.addresses.map((one) => ({ ...one, inUse: false })),
    endpoints: network.endpoints
      .filter((one) => one.state !== 'deleting')
      .map((one) => ({ ...one, state: 'available' })),
  }
}

const wishes: Arbitrary<SetupWish> = record({ wayOut: constantFrom('nat', 'endpoints'), role: boolean() })

describe('setting an account up', () => {
  it('foresees all of it, in order, and names what costs', () => {
    const words = foreseeSetup(empty(['a']), REGION, decide(NAT)).map(describeSetup)
    expect(words).toEqual([
      '+ role muster-node: SSM and the staging buckets',
      '+ service-linked role of spot.amazonaws.com',
      '+ service-linked role of fsx.amazonaws.com',
      '+ VPC 10.64.0.0/16',
      '+ instance profile muster-node',
      '+ host names in the VPC',
      '+ private subnet 10.64.0.0/20 in a',
      '+ private route table',
      '+ internet gateway',
      '+ public route table',
      '+ public address',
      '+ routes for the subnet in a',
      '+ gateway endpoint of s3',
      '+ public subnet 10.64.16.0/20 in a',
      '+ route to the internet gateway',
      '+ routes for the subnet in a',
      '+ NAT gateway',
      '+ route to the NAT gateway',
    ])
  })

  it('makes a private subnet a zone, and endpoints in one zone alone', () => {
    const { network } = played(empty(), decide(ENDPOINTS))
    expect(network.subnets.map(({ zone, use }) => [zone, use])).toEqual([
      ['a', 'private'],
      ['b', 'private'],
      ['c', 'private'],
    ])
    expect(network.endpoints.map((one) => one.service)).toEqual(['s3', 'ssm', 'ssmmessages', 'ec2messages'])
    expect([network.nats, network.addresses, network.gateways]).toEqual([[], [], []])
  })

  it('converges from wherever it was stopped, and then plans nothing', () => {
    assert(
      property(wishes, wishes, constantFrom(...Array.from({ length: 40 }, (_, n) => n)), (first, second, stopped) => {
        const half = played(empty(), decide(first), stopped)
        const whole = played(half, decide(second))
        expect(decide(second)(whole)).toMatchObject({ converged: true, actions: [], waits: [] })
        expect(whole.network.vpcs).toHaveLength(1)
        expect(whole.network.nats).toHaveLength(second.wayOut === 'nat' ? 1 : 0)
        expect(whole.network.addresses).toHaveLength(second.wayOut === 'nat' ? 1 : 0)
        const ranges = whole.network.subnets.map((subnet) => subnet.range)
        expect(new Set(ranges).size).toBe(ranges.length)
      }),
    )
  })

  it('takes everything away from wherever it is, and nothing of the account’s own', () => {
    assert(
      property(wishes, constantFrom(...Array.from({ length: 40 }, (_, n) => n)), (wish, stopped) => {
        const left = played(played(empty(), decide(wish), stopped), undo)
        const { vpcs, subnets, gateways, addresses, nats, tables, groups, endpoints } = left.network
        expect([vpcs, subnets, gateways, addresses, nats, tables, groups, endpoints].flat()).toEqual([])
        expect(left.access).toMatchObject({ role: null, profile: null })
      }),
    )
  })

  it('removes a second VPC that a crash has left', () => {
    const world = played(empty(), decide(NAT))
    const twin = { id: 'vpc-0', range: '10.99.0.0/16', dns: false }
    const { network } = played(
      { ...world, network: { ...world.network, vpcs: [twin, ...world.network.vpcs] } },
      decide(NAT),
    )
    expect(network.vpcs.map((vpc) => vpc.id)).toEqual(['vpc-10.64.0.0/16'])
  })

  it('releases an address that a crash has left idle', () => {
    const world = played(empty(), decide(NAT))
    const addresses = [...world.network.addresses, { id: 'eipalloc-spare', inUse: false }]
    const { network } = played({ ...world, network: { ...world.network, addresses } }, decide(NAT))
    expect(network.addresses).toEqual([{ id: 'eipalloc-0', inUse: true }])
  })

  it('leaves a role alone that somebody else made, also when it is taken away', () => {
    const foreign: ObservedAccess = {
      role: { ours: false, ssm: true, buckets: false, regions: [] },
      profile: { ours: false, hasRole: true },
      serviceRoles: [...SERVICE_ROLES],
    }
    const world = played({ ...empty(), access: foreign }, decide(NAT))
    expect(world.access).toEqual(foreign)
    expect(played(world, undo).access).toEqual(foreign)
  })

  it('keeps the role while another region claims it', () => {
    const { access } = played(empty(), decide(NAT))
    const shared: ObservedAccess = {
      ...noAccess,
      ...access,
      role: { ...access!.role!, regions: [REGION, 'eu-west-1'] },
    }
    const left = played({ ...empty(), access: shared }, undo)
    expect(left.access?.role?.regions).toEqual(['eu-west-1'])
    expect(left.access?.profile).not.toBeNull()
  })

  it('fails where the NAT gateway failed, in AWS’s words', () => {
    const { network, access } = played(empty(), decide(NAT))
    const nats = network.nats.map((nat) => ({ ...nat, state: 'failed' as const, failure: 'no free address' }))
    expect(decide(NAT)({ network: { ...network, nats }, access }).failure).toMatchObject({
      code: 'SetupFailed',
      message: expect.stringContaining('no free address'),
    })
  })

  it('plans the same whatever the order of what is observed', () => {
    assert(
      property(array(boolean(), { minLength: 6, maxLength: 6 }), constantFrom(4, 9, 14, 19), (flips, stopped) => {
        const { network, access } = played(empty(), decide(NAT), stopped)
        const turned = Object.fromEntries(
          Object.entries(network).map(([key, parts], at) => [
            key,
            flips[at % 6] && key !== 'zones' ? parts.toReversed() : parts,
          ]),
        ) as typeof network
        expect(
          decide(NAT)({ network: turned, access })
            .actions.map((one) => one.id)
            .toSorted(),
        ).toEqual(
          decide(NAT)({ network, access })
            .actions.map((one) => one.id)
            .toSorted(),
        )
      }),
    )
  })
})
