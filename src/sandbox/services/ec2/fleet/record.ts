import { randomUUID } from 'node:crypto'
import type { Ec2Call } from '../context.ts'
import type { FleetRequest } from '../input/fleet.ts'
import { wireNames } from '../render/wire-names.ts'
import type { Fleet } from '../state/fleet.ts'
import { resource } from '../state/resource.ts'
import type { Launched } from './launch-shares.ts'

/** `fleet-` and a UUID, as EC2 makes them. */
export const newFleetId = (): string => `fleet-${randomUUID()}`

/** The record of a fleet that has launched. */
export function newFleet(
  request: FleetRequest,
  id: string,
  tags: ReadonlyMap<string, string>,
  launched: readonly Launched[],
  { now }: Ec2Call,
): Fleet {
  const capacityOf = (purchase: string): number => launched.find((one) => one.purchase === purchase)?.capacity ?? 0
  const { LaunchTemplateConfigs, OnDemandOptions, SpotOptions, TargetCapacitySpecification } = request
  return {
    ...resource('fleet', id, now, tags),
    clientToken: request.ClientToken ?? null,
    instanceIds: launched.flatMap((one) => one.instanceIds),
    answer: {
      errorSet: launched.flatMap((one) => one.errorSet),
      fleetInstanceSet: launched.flatMap((one) => one.fleetInstanceSet),
    },
    shown: wireNames(
      { LaunchTemplateConfigs, OnDemandOptions, SpotOptions, TargetCapacitySpecification },
      { BlockDeviceMapping: 'blockDeviceMappingSet' },
    ) as Record<string, unknown>,
    launched: { onDemand: capacityOf('on-demand') + capacityOf('capacity-block'), spot: capacityOf('spot') },
    state: 'active',
  }
}
