import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { required } from './input/shape.ts'
import { giveAddressBack } from './state/network.ts'

const parameters = { NetworkInterfaceId: required(text) }

/** Removes an interface that outlived its instance; one in use stays. */
export const deleteNetworkInterface = operation({
  name: 'DeleteNetworkInterface',
  input: parameters,
  handle({ NetworkInterfaceId: id }, { region }) {
    for (const one of findAll('network-interface', [id], (key) => region.interfaces.get(key))) {
      if (one.attachment !== null || one.requester !== null)
        throw new AwsError('InvalidParameterValue', `Network interface '${id}' is currently in use.`)
      const subnet = region.subnets.get(one.subnetId)
      if (subnet !== undefined && one.privateIp !== null) giveAddressBack(subnet, one.privateIp)
      region.interfaces.delete(id)
    }
    return { return: true }
  },
})
