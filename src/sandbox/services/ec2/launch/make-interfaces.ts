import { randomBytes, randomInt } from 'node:crypto'
import type { Ec2Call } from '../context.ts'
import { lagged } from '../state/lagged.ts'
import type { NetworkInterface } from '../state/interface.ts'
import { takeAddress } from '../state/network.ts'
import type { Region } from '../state/region.ts'
import { newId, resource } from '../state/resource.ts'
import type { LaunchPlan } from './plan.ts'

/** The interfaces of one new instance, the primary one first. */
export function makeInterfaces(
  plan: LaunchPlan,
  instanceId: string,
  { region, now }: Ec2Call,
): readonly NetworkInterface[] {
  const { subnet } = plan
  return plan.interfaces.map((planned) => {
    const made: NetworkInterface = {
      ...resource('network-interface', newId('eni-'), now, plan.interfaceTags),
      subnetId: subnet.id,
      vpcId: subnet.vpcId,
      zone: subnet.zone.name,
      groupIds: lagged(planned.groupIds, now),
      description: planned.description,
      type: planned.type,
      privateIp: planned.type === 'efa-only' ? null : takeAddress(subnet, planned.privateIp),
      publicIp: planned.publicIp ? newPublicIp(region) : null,
      macAddress: newMac(),
      attachment: {
        id: newId('eni-attach-'),
        instanceId,
        deviceIndex: planned.deviceIndex,
        cardIndex: planned.cardIndex,
        attachedAt: now,
        deleteOnTermination: planned.deleteOnTermination,
      },
      requester: null,
      sourceDestCheck: true,
    }
    region.interfaces.set(made.id, made)
    return made
  })
}

/**
 * From 198.18.0.0/15, which is for tests (RFC 2544) and nobody's: nothing that is sent there goes astray. Large enough for fleets
 * of thousands.
 */
function newPublicIp({ interfaces }: Region): string {
  const taken = new Set([...interfaces.values()].map(({ publicIp }) => publicIp))
  for (;;) {
    const ip = `198.${18 + randomInt(2)}.${randomInt(256)}.${randomInt(1, 255)}`
    if (!taken.has(ip)) return ip
  }
}

/** A locally administered address, as EC2's are. */
export function newMac(): string {
  return ['0a', ...[...randomBytes(5)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
}
