import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { clientToken, oneOf, text } from '../input/leaves.ts'
import { unimplemented } from '../input/shape.ts'
import type { Parsed } from '../input/shape.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import { addManagedInterface } from '../managed-interface.ts'
import { natGatewayOnWire } from '../render/nat-gateway.ts'
import type { ElasticAddress, NatGateway } from '../state/gateways.ts'
import { freeAddresses, refuseAddress } from '../state/network.ts'
import type { Subnet } from '../state/network.ts'
import { newId, resource } from '../state/resource.ts'
import { mostOf } from './quota.ts'
import { limitExceeded } from './refusals.ts'

const parameters = {
  AllocationId: text,
  AvailabilityMode: oneOf('zonal'),
  AvailabilityZoneAddress: unimplemented,
  ClientToken: clientToken,
  ConnectivityType: oneOf('public', 'private'),
  PrivateIpAddress: text,
  SecondaryAllocationId: unimplemented,
  SecondaryPrivateIpAddress: unimplemented,
  SecondaryPrivateIpAddressCount: unimplemented,
  SubnetId: text,
  TagSpecification: tagSpecifications,
  VpcId: unimplemented,
}

/**
 * Makes a gateway that is pending for a while and then available. What is found wrong only then makes it `failed`: a network
 * without internet gateway, an address that something else has, a full subnet (model: NatGateway$FailureMessage).
 */
export const createNatGateway = operation({
  name: 'CreateNatGateway',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const { SubnetId: subnetId, AllocationId: allocationId, ClientToken: token } = input
    const connectivity = input.ConnectivityType ?? 'public'
    if (subnetId === undefined) throw missingParameter('SubnetId')
    const [subnet] = findAll('subnet', [subnetId], (id) => region.subnets.get(id))
    if (connectivity === 'public' && allocationId === undefined) throw missingParameter('AllocationId')
    if (connectivity === 'private' && allocationId !== undefined)
      throw invalidCombination('A private NAT gateway cannot have an Elastic IP address.')
    const [address = null] =
      allocationId === undefined ? [] : findAll('elastic-ip', [allocationId], (id) => region.addresses.get(id))
    const tags = tagsFor(input.TagSpecification, 'natgateway')
    if (subnet === undefined) throw new Error('found, and not there')
    const nat = region.tokens.once('CreateNatGateway', token, input, () => {
      refuse(input, subnet, context)
      return make({ subnet, address, connectivity, privateIp: input.PrivateIpAddress, tags }, context, now)
    })
    return {
      natGateway: natGatewayOnWire(nat, context, 'current'),
      ...(token === undefined ? {} : { clientToken: token }),
    }
  },
})

function refuse({ PrivateIpAddress: ip }: Parsed<typeof parameters>, subnet: Subnet, context: Ec2Call): void {
  if (ip !== undefined) refuseAddress(subnet, ip)
  const there = [...context.region.natGateways.values()].filter(
    (nat) =>
      ['pending', 'available', 'deleting'].includes(nat.state) &&
      context.region.subnets.get(nat.subnetId)?.zone.name === subnet.zone.name,
  )
  if (there.length >= mostOf('natGatewaysOfZone', context))
    throw limitExceeded('NatGatewayLimitExceeded', 'NAT gateways')
}

interface Wanted {
  readonly subnet: Subnet
  readonly address: ElasticAddress | null
  readonly connectivity: NatGateway['connectivity']
  readonly privateIp: string | undefined
  readonly tags: ReadonlyMap<string, string>
}

function make({ subnet, address, connectivity, privateIp, tags }: Wanted, context: Ec2Call, now: number): NatGateway {
  const { region, world } = context
  const id = newId('nat-')
  const failure = failureOf(subnet, address, context)
  const held =
    failure === null
      ? addManagedInterface(
          region,
          {
            subnet,
            groupIds: [],
            description: `Interface for NAT Gateway ${id}`,
            requester: 'amazon-natgw',
            type: 'nat_gateway',
            privateIp,
          },
          now,
        )
      : null
  if (address !== null && held !== null)
    address.association = { id: newId('eipassoc-'), interfaceId: held.id, privateIp: held.privateIp ?? '' }
  const nat: NatGateway = {
    ...resource('natgateway', id, now, tags),
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    connectivity,
    allocationId: address?.id ?? null,
    publicIp: address?.publicIp ?? null,
    privateIp: held?.privateIp ?? null,
    interfaceId: held?.id ?? null,
    state: 'pending',
    failure: null,
    deletedAt: null,
  }
  region.natGateways.set(id, nat)
  world.clock.after(world.pace.natGatewayMs ?? 0, () => {
    if (nat.state !== 'pending') return
    nat.state = failure === null ? 'available' : 'failed'
    nat.failure = failure
  })
  return nat
}

function failureOf(subnet: Subnet, address: ElasticAddress | null, { region }: Ec2Call): NatGateway['failure'] {
  if (freeAddresses(subnet) === 0)
    return {
      code: 'InsufficientFreeAddressesInSubnet',
      message: 'Subnet has insufficient free addresses to create this NAT gateway',
    }
  if (address === null) return null
  if (![...region.internetGateways.values()].some(({ vpcId }) => vpcId === subnet.vpcId))
    return { code: 'Gateway.NotAttached', message: `Network ${subnet.vpcId} has no Internet gateway attached` }
  if (address.association !== null)
    return { code: 'Resource.AlreadyAssociated', message: `Elastic IP address ${address.id} is already associated` }
  return null
}
