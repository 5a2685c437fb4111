import { randomInt } from 'node:crypto'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { text } from '../input/leaves.ts'
import { unimplemented } from '../input/shape.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import type { ElasticAddress } from '../state/gateways.ts'
import { newId, resource } from '../state/resource.ts'
import { mostOf } from './quota.ts'
import { limitExceeded } from './refusals.ts'

const parameters = {
  Address: unimplemented,
  CustomerOwnedIpv4Pool: unimplemented,
  Domain: text,
  IpamPoolId: unimplemented,
  NetworkBorderGroup: text,
  PublicIpv4Pool: text,
  TagSpecification: tagSpecifications,
}

/** Gives a public address that belongs to the account until it is released. */
export const allocateAddress = operation({
  name: 'AllocateAddress',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const tags = tagsFor(input.TagSpecification, 'elastic-ip')
    if (region.addresses.size >= mostOf('addresses', context)) throw limitExceeded('AddressLimitExceeded', 'addresses')
    const address: ElasticAddress = {
      ...resource('elastic-ip', newId('eipalloc-'), now, tags),
      publicIp: newPublicIp(context),
      association: null,
    }
    region.addresses.set(address.id, address)
    return {
      publicIp: address.publicIp,
      allocationId: address.id,
      publicIpv4Pool: 'amazon',
      networkBorderGroup: region.name,
      domain: 'vpc',
    }
  },
})

/** From 198.51.100.0/24 and 203.0.113.0/24, which are nobody's (RFC 5737): nothing that is sent there goes astray. */
function newPublicIp({ region }: Ec2Call): string {
  const taken = new Set([...region.addresses.values()].map(({ publicIp }) => publicIp))
  for (;;) {
    const ip = `${randomInt(2) === 0 ? '198.51.100' : '203.0.113'}.${randomInt(1, 255)}`
    if (!taken.has(ip)) return ip
  }
}
