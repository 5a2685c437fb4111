import { AwsError } from '../../../aws-error.ts'
import { operation, tagsSeen, visible } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { select } from '../describe.ts'
import { absent, filters } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { list } from '../input/shape.ts'
import { tagSet } from '../render/tags.ts'
import type { ElasticAddress } from '../state/gateways.ts'

const parameters = { AllocationId: list(text), Filter: filters, PublicIp: list(text) }

/** The call has no pages. */
export const describeAddresses = operation({
  name: 'DescribeAddresses',
  input: parameters,
  handle(input, context) {
    const { items } = select(
      {
        kind: 'elastic-ip',
        items: context.region.addresses,
        ids: [...(input.AllocationId ?? []), ...(input.PublicIp ?? []).map((ip) => idOf(ip, context))],
        filters: input.Filter,
        table: {
          ...absent('instance-id'),
          'allocation-id': (address) => address.id,
          'association-id': (address) => address.association?.id,
          'network-border-group': () => context.region.name,
          'network-interface-id': (address) => address.association?.interfaceId,
          'network-interface-owner-id': (address) => (address.association === null ? undefined : context.world.account),
          'private-ip-address': (address) => address.association?.privateIp,
          'public-ip': (address) => address.publicIp,
        },
      },
      context,
    )
    return { addressesSet: items.map((address) => addressOnWire(address, context)) }
  },
})

function idOf(publicIp: string, context: Ec2Call): string {
  const address = visible(context.region.addresses, context)
    .all()
    .find((one) => one.publicIp === publicIp)
  if (address === undefined) throw new AwsError('InvalidAddress.NotFound', `Address '${publicIp}' not found.`)
  return address.id
}

function addressOnWire(address: ElasticAddress, context: Ec2Call): object {
  const { association } = address
  return {
    publicIp: address.publicIp,
    allocationId: address.id,
    domain: 'vpc',
    publicIpv4Pool: 'amazon',
    networkBorderGroup: context.region.name,
    ...(association === null
      ? {}
      : {
          associationId: association.id,
          networkInterfaceId: association.interfaceId,
          networkInterfaceOwnerId: context.world.account,
          privateIpAddress: association.privateIp,
        }),
    tagSet: tagSet(tagsSeen(context)(address)),
  }
}
