import type { Ec2Call } from '../context.ts'
import type { Instance } from '../state/instance.ts'
import { instanceOnWire } from './instance.ts'
import type { Moment } from './instance.ts'

/** Instances of one launch together. Groups of a reservation are of the time before VPCs: always empty. */
export function reservationOnWire(instances: readonly Instance[], context: Ec2Call, moment: Moment): object {
  return {
    reservationId: instances[0]?.reservationId,
    ownerId: context.world.account,
    groupSet: [],
    instancesSet: instances.map((instance) => instanceOnWire(instance, context, moment)),
  }
}
