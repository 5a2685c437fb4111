import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { invalidCombination, invalidValue, missingParameter } from './errors.ts'
import { clientToken, flag, integer, oneOf, text, time } from './input/leaves.ts'
import { required, unimplemented } from './input/shape.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { insufficientCapacity } from './launch/capacity-refusals.ts'
import { shortageOf } from './launch/scripted-shortage.ts'
import { findPlacementGroup, unknownPlacementGroup } from './launch/choose-placement.ts'
import { chooseType, refuseZone } from './launch/choose-type.ts'
import { roomInQuota } from './launch/vcpu-quota.ts'
import { reservedOnWire } from './render/capacity-reservation.ts'
import { endDate } from './reservations/end-date.ts'
import { makeReservation } from './reservations/make.ts'
import { groupName } from './reservations/match.ts'
import { platform } from './reservations/platforms.ts'
import type { Zone } from './state/zones.ts'

const parameters = {
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  ClientToken: clientToken,
  CommitmentDuration: unimplemented,
  DeliveryPreference: unimplemented,
  EbsOptimized: flag,
  EndDate: time,
  EndDateType: oneOf('unlimited', 'limited'),
  EphemeralStorage: flag,
  InstanceCount: required(integer(1, 1000)),
  InstanceMatchCriteria: oneOf('open', 'targeted'),
  InstancePlatform: required(platform),
  InstanceType: required(text),
  OutpostArn: unimplemented,
  PlacementGroupArn: text,
  StartDate: unimplemented,
  TagSpecifications: tagSpecifications,
  Tenancy: oneOf('default', 'dedicated'),
}

/** Holds capacity at once, and counts towards the vCPU quota whether it is used or not. */
export const createCapacityReservation = operation({
  name: 'CreateCapacityReservation',
  input: parameters,
  handle(input, context) {
    const one = context.region.tokens.once('CreateCapacityReservation', input.ClientToken, input, () => {
      if (input.Tenancy === 'dedicated')
        throw invalidValue("The tenancy 'dedicated' is not supported in the muster sandbox.")
      const zone = zoneAsked(input.AvailabilityZone, input.AvailabilityZoneId, context)
      const purchase = 'on-demand' as const
      const type = chooseType({ data: { InstanceType: input.InstanceType }, purchase }, context)
      refuseZone(context.region.name, input.InstanceType, zone.name)
      refuseGroup(input.PlacementGroupArn, context)
      const endAt = endDate(input.EndDateType, input.EndDate, context.now)
      const count = input.InstanceCount
      const { refusal } = roomInQuota({ type, purchase, count, reserved: 0 }, [], context)
      if (refusal !== null) throw refusal
      const shortage = shortageOf({ type: input.InstanceType, zone: zone.name, purchase }, context)
      if (shortage !== null) throw insufficientCapacity(input.InstanceType, zone.name, shortage.others)
      return makeReservation(
        {
          type: 'default',
          instanceType: input.InstanceType,
          platform: input.InstancePlatform,
          zone,
          placementGroupArn: input.PlacementGroupArn ?? null,
          ebsOptimized: input.EbsOptimized ?? false,
          startAt: context.now,
          blockId: null,
          total: count,
          match: input.InstanceMatchCriteria ?? 'open',
          endAt,
        },
        tagsFor(input.TagSpecifications, 'capacity-reservation'),
        context,
      )
    })
    return { capacityReservation: reservedOnWire(one, context, 'current') }
  },
})

function zoneAsked(name: string | undefined, id: string | undefined, { region }: Ec2Call): Zone {
  if (name === undefined && id === undefined) throw missingParameter('AvailabilityZone')
  if (name !== undefined && id !== undefined)
    throw invalidCombination(
      "The parameter 'availabilityZone' may not be used in combination with 'availabilityZoneId'",
    )
  const zone = region.zones.find((candidate) => candidate.name === name || candidate.id === id)
  if (zone === undefined) throw invalidValue(`Invalid availability zone: [${name ?? id ?? ''}]`)
  return zone
}

/** Cluster placement groups only: botocore's ec2 model. */
function refuseGroup(arn: string | undefined, context: Ec2Call): void {
  if (arn === undefined) return
  const name = groupName(arn) ?? ''
  const group = findPlacementGroup(context, (candidate) => candidate.name === name)
  if (group === undefined) throw unknownPlacementGroup(name)
  if (group.strategy !== 'cluster')
    throw invalidValue('A Capacity Reservation can be created only in a placement group with the cluster strategy.')
}
