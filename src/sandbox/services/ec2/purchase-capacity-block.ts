import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { text } from './input/leaves.ts'
import { required } from './input/shape.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { reservedOnWire } from './render/capacity-reservation.ts'
import { makeReservation } from './reservations/make.ts'
import { platform } from './reservations/platforms.ts'
import { reservationState } from './reservations/state.ts'
import type { BlockOffering } from './state/capacity-reservation.ts'

const parameters = {
  CapacityBlockOfferingId: required(text),
  InstancePlatform: required(platform),
  TagSpecification: tagSpecifications,
}

/** Buys a block: its reservation is scheduled, active in its time, and cannot be given back. */
export const purchaseCapacityBlock = operation({
  name: 'PurchaseCapacityBlock',
  input: parameters,
  handle(input, context) {
    const offering = findOffering(input.CapacityBlockOfferingId, context)
    const tags = tagsFor(input.TagSpecification, 'capacity-reservation', ['capacity-reservation', 'capacity-block'])
    refuseTooMany(offering, context)
    context.region.blockOfferings.delete(offering.id)
    const one = makeReservation(
      {
        type: 'capacity-block',
        instanceType: offering.instanceType,
        platform: input.InstancePlatform,
        zone: offering.zone,
        placementGroupArn: null,
        ebsOptimized: true,
        // What may start at once starts when it is bought.
        startAt: Math.max(offering.startAt, context.now),
        blockId: offering.id,
        total: offering.count,
        match: 'targeted',
        endAt: offering.endAt,
      },
      tags,
      context,
    )
    return {
      capacityReservation: reservedOnWire(one, context, 'current'),
      capacityBlockSet: [
        {
          capacityBlockId: offering.id,
          availabilityZone: one.zone.name,
          availabilityZoneId: one.zone.id,
          capacityReservationIdSet: [one.id],
          startDate: new Date(one.startAt),
          endDate: new Date(offering.endAt),
          createDate: new Date(one.createdAt),
          state: reservationState(one, context.now),
          tagSet: [],
        },
      ],
    }
  },
})

/** How long an offering can be bought: ours. */
const OFFERED_FOR_MS = 3_600_000

/** Codes: EC2's list of errors. */
function findOffering(id: string, { region, now }: Ec2Call): BlockOffering {
  if (!/^cb-[0-9a-f]{8,17}$/.test(id))
    throw new AwsError(
      'InvalidCapacityBlockOfferingIdMalformed',
      `The Capacity Block offering ID '${id}' is malformed.`,
    )
  const offering = region.blockOfferings.get(id)
  if (offering === undefined)
    throw new AwsError(
      'InvalidCapacityBlockOfferingIdNotFound',
      `The Capacity Block offering ID '${id}' cannot be found for this account.`,
    )
  if (now > offering.offeredAt + OFFERED_FOR_MS)
    throw new AwsError(
      'InvalidCapacityBlockOfferingIdExpired',
      `The Capacity Block offering ID '${id}' is no longer available.`,
    )
  return offering
}

/** 256 instances across blocks: botocore's ec2 model. The code is assumed. */
function refuseTooMany(offering: BlockOffering, { region, now }: Ec2Call): void {
  const held = [...region.capacityReservations.values()]
    .filter(
      (one) =>
        one.type === 'capacity-block' &&
        ['scheduled', 'active', 'payment-pending'].includes(reservationState(one, now)),
    )
    .reduce((sum, one) => sum + one.total, 0)
  if (held + offering.count > 256)
    throw new AwsError(
      'InstanceLimitExceeded',
      `You can have up to 256 instances across Capacity Blocks; you have ${held}.`,
    )
}
