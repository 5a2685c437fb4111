import type { Instance } from '../state/instance.ts'
import type { NetworkInterface } from '../state/interface.ts'
import type { Folder } from './node.ts'

/** `network/interfaces/macs/<mac>/`: how a node finds its EFA cards. */
export function networkFolder(instance: Instance, account: string): Folder {
  const macs = instance.interfaces.map((one) => [one.macAddress, interfaceFolder(one, instance, account)] as const)
  return { interfaces: { macs: Object.fromEntries(macs) } }
}

function interfaceFolder(one: NetworkInterface, instance: Instance, account: string): Folder {
  return {
    'device-number': String(one.attachment?.deviceIndex ?? 0),
    'interface-id': one.id,
    'local-hostname': one.privateIp === null ? undefined : instance.hostname,
    'local-ipv4s': one.privateIp ?? undefined,
    mac: one.macAddress,
    'network-card': String(one.attachment?.cardIndex ?? 0),
    'owner-id': account,
    'security-group-ids': one.groupIds.current.join('\n'),
    'subnet-id': one.subnetId,
    'subnet-ipv4-cidr-block': instance.subnet.cidrBlock,
    'vpc-id': one.vpcId,
    'vpc-ipv4-cidr-block': instance.vpc.cidrBlock,
  }
}
