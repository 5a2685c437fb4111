import { operation } from '../context.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import { hasDependencies } from './refusals.ts'

/** Deletes a gateway that is attached to no network. */
export const deleteInternetGateway = operation({
  name: 'DeleteInternetGateway',
  input: { InternetGatewayId: required(text) },
  handle({ InternetGatewayId: id }, { region }) {
    const [gateway] = findAll('internet-gateway', [id], (key) => region.internetGateways.get(key))
    if (gateway?.vpcId !== null) throw hasDependencies('internetGateway', id)
    region.internetGateways.delete(id)
    return { return: true }
  },
})
