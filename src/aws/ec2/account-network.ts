import type { Network } from '../../ports/network.ts'
import type { AwsSettings } from '../settings.ts'
import { connectEc2 } from './ec2.ts'
import { makePart } from './network-make.ts'
import { observeNetwork } from './network-observe.ts'
import { removePart } from './network-remove.ts'

/** The network that setup makes, over EC2. CreateVpc, AllocateAddress and others take no token: what may have arrived is looked for, not sent again. */
export function connectNetwork(settings: AwsSettings): Network {
  const ec2 = connectEc2(settings)
  const once = connectEc2(settings, 'never-twice')
  return {
    observe: () => observeNetwork(ec2),
    make: (part, action) => makePart(once, part, action),
    remove: (part) => removePart(ec2, part),
  }
}
