import { operation } from '../context.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import { internetGatewayOnWire } from '../render/internet-gateway.ts'
import type { InternetGateway } from '../state/gateways.ts'
import { newId, resource } from '../state/resource.ts'
import { mostOf } from './quota.ts'
import { limitExceeded } from './refusals.ts'

export const createInternetGateway = operation({
  name: 'CreateInternetGateway',
  input: { TagSpecification: tagSpecifications },
  handle(input, context) {
    const { region, now } = context
    const tags = tagsFor(input.TagSpecification, 'internet-gateway')
    if (region.internetGateways.size >= mostOf('internetGateways', context))
      throw limitExceeded('InternetGatewayLimitExceeded', 'internet gateways')
    const gateway: InternetGateway = { ...resource('internet-gateway', newId('igw-'), now, tags), vpcId: null }
    region.internetGateways.set(gateway.id, gateway)
    return { internetGateway: internetGatewayOnWire(gateway, context, 'current') }
  },
})
