import { assert, property, shuffledSubarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitNetwork, type NetworkNeeds } from '../../../../src/core/network/fit-network.ts'
import { subnetFor, type FleetNetwork, type FleetSubnet } from '../../../../src/core/network/fleet-network.ts'

const subnet = (id: string, zone: string, more: Partial<FleetSubnet> = {}): FleetSubnet => ({
  id,
  zone,
  freeAddresses: 4091,
  givesPublicAddress: false,
  wayOut: 'nat',
  ...more,
})
const network = (subnets: readonly FleetSubnet[], more: Partial<FleetNetwork> = {}): FleetNetwork => ({
  origin: 'named',
  vpc: 'vpc-1',
  subnets,
  groups: null,
  endpoints: [],
  ...more,
})
const needs = (more: Partial<NetworkNeeds> = {}): NetworkNeeds => ({
  nodes: 4,
  interfaces: 1,
  addresses: 1,
  efa: true,
  zones: ['a', 'b'],
  ...more,
})
const refusal = (net: FleetNetwork, wants = needs()) => {
  const fit = fitNetwork('hpc', net, wants)
  return 'refusal' in fit ? fit.refusal : null
}

describe('the network of a fleet', () => {
  it('leaves the zones that have a subnet, in the order of the type', () => {
    const net = network([subnet('s-b', 'b'), subnet('s-c', 'c')])
    expect(fitNetwork('hpc', net, needs({ zones: ['c', 'a', 'b'] }))).toEqual({ zones: ['c', 'b'] })
  })

  it('names the zones on both sides where none is shared', () => {
    expect(refusal(network([subnet('s-c', 'c')]))).toMatchObject({
      code: 'NetworkUnfit',
      message: expect.stringMatching(/offered in a, b, and vpc-1 has subnets in c only/),
    })
  })

  it('counts the addresses of all interfaces that have one, and passes over what is too small', () => {
    const small = subnet('s-a', 'a', { freeAddresses: 7 })
    expect(fitNetwork('hpc', network([small, subnet('s-b', 'b')]), needs({ addresses: 2 }))).toEqual({ zones: ['b'] })
    expect(refusal(network([small]), needs({ addresses: 2 }))?.message).toContain(
      's-a (a): 7 free addresses, 8 are needed',
    )
    expect(refusal(network([small]), needs({ nodes: 0 }))).toBeNull()
  })

  it('refuses several interfaces behind an internet gateway, whatever the subnet gives', () => {
    const open = network([subnet('s-a', 'a', { wayOut: 'internet', givesPublicAddress: true })])
    expect(refusal(open)).toBeNull()
    expect(refusal(open, needs({ interfaces: 32 }))?.message).toMatch(
      /AWS gives no public address to a node with 32 interfaces: it needs a NAT gateway, or endpoints \(s3, ssm, ssmmessages, ec2messages\)/,
    )
    const endpoints = ['s3', 'ssm', 'ssmmessages', 'ec2messages']
    expect(refusal({ ...open, endpoints }, needs({ interfaces: 32 }))).toBeNull()
  })

  it.each([
    ['nowhere', 'none', [], 'there is no way out'],
    ['nowhere, with some endpoints', 'none', ['s3', 'ssm'], 'endpoints (ssmmessages, ec2messages)'],
    ['an internet gateway without public addresses', 'internet', [], 'nodes get no public address'],
  ] as const)('refuses a subnet whose packets go to %s', (_what, wayOut, endpoints, said) => {
    expect(refusal(network([subnet('s-a', 'a', { wayOut })], { endpoints }))?.message).toContain(said)
  })

  it.each(['nat', 'other', 'unknown'] as const)('takes a subnet whose way out is %s', (wayOut) => {
    expect(refusal(network([subnet('s-a', 'a', { wayOut })]), needs({ interfaces: 4 }))).toBeNull()
  })

  it('says exactly which rule a named group lacks for EFA, and the command that adds it', () => {
    const lacking = (selfIngress: boolean, selfEgress: boolean) =>
      refusal(network([subnet('s-a', 'a')], { groups: [{ id: 'sg-1', vpc: 'vpc-1', selfIngress, selfEgress }] }))
    expect(lacking(true, true)).toBeNull()
    expect(lacking(true, false)).toMatchObject({
      message: expect.stringMatching(/lacks the rule that EFA needs: outbound, all traffic, to sg-1 itself$/),
      suggestions: [expect.stringMatching(/^aws ec2 authorize-security-group-egress --group-id sg-1 /)],
    })
    expect(lacking(false, false)?.suggestions).toHaveLength(2)
    expect(
      fitNetwork(
        'hpc',
        network([subnet('s-a', 'a')], {
          groups: [{ id: 'sg-1', vpc: 'vpc-1', selfIngress: false, selfEgress: false }],
        }),
        needs({ efa: false }),
      ),
    ).toEqual({ zones: ['a'] })
  })

  it('refuses a group of another VPC', () => {
    const groups = [{ id: 'sg-1', vpc: 'vpc-2', selfIngress: true, selfEgress: true }]
    expect(refusal(network([subnet('s-a', 'a')], { groups }))?.message).toContain('sg-1 of fleet hpc is in vpc-2')
  })

  it('chooses the same subnet of a zone in whatever order they come: the best way out, then the most room', () => {
    const subnets = [
      subnet('s-1', 'a', { wayOut: 'internet', freeAddresses: 9000 }),
      subnet('s-2', 'a', { freeAddresses: 10 }),
      subnet('s-3', 'a', { freeAddresses: 20 }),
      subnet('s-4', 'a', { freeAddresses: 20 }),
    ]
    assert(
      property(shuffledSubarray(subnets, { minLength: 4 }), (shuffled) => {
        expect(subnetFor(network(shuffled), 'a')?.id).toBe('s-3')
      }),
    )
    expect(subnetFor(network(subnets), 'b')).toBeNull()
  })
})
