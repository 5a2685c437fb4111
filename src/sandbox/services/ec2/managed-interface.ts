import { newMac } from './launch/make-interfaces.ts'
import type { NetworkInterface } from './state/interface.ts'
import { lagged } from './state/lagged.ts'
import { giveAddressBack, takeAddress } from './state/network.ts'
import type { Subnet } from './state/network.ts'
import type { Region } from './state/region.ts'
import { newId, resource } from './state/resource.ts'

export interface ManagedInterface {
  readonly subnet: Subnet
  readonly groupIds: readonly string[]
  readonly description: string
  readonly requester: string
  readonly type?: NetworkInterface['type']
  readonly privateIp?: string | undefined
}

/**
 * The interface that a service (FSx, a NAT gateway, an endpoint) holds in a subnet: it takes an address, and keeps subnet and
 * groups from being deleted. Throws where the subnet has no address left.
 */
export function addManagedInterface(region: Region, wanted: ManagedInterface, now: number): NetworkInterface {
  const { subnet, groupIds, description, requester, type = 'interface', privateIp } = wanted
  const added: NetworkInterface = {
    ...resource('network-interface', newId('eni-'), now),
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone.name,
    groupIds: lagged([...groupIds], now),
    description,
    type,
    privateIp: takeAddress(subnet, privateIp),
    publicIp: null,
    macAddress: newMac(),
    attachment: null,
    requester,
    sourceDestCheck: type !== 'nat_gateway',
  }
  region.interfaces.set(added.id, added)
  return added
}

/** Nothing happens where it has gone already. */
export function removeManagedInterface(region: Region, id: string): void {
  const one = region.interfaces.get(id)
  if (one === undefined || !region.interfaces.delete(id)) return
  const subnet = region.subnets.get(one.subnetId)
  if (subnet !== undefined && one.privateIp !== null) giveAddressBack(subnet, one.privateIp)
}
