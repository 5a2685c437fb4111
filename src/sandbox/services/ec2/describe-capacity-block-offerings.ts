import { invalidValue } from './errors.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next } from './describe.ts'
import { flag, integer, text, time } from './input/leaves.ts'
import { page, paging } from './input/pages.ts'
import { required, unimplemented } from './input/shape.ts'
import { missingParameter } from './errors.ts'
import { offeringsFor, refuseDuration, refuseType, upfrontFee } from './reservations/offerings.ts'
import type { BlockOffering } from './state/capacity-reservation.ts'

const parameters = {
  ...paging({ least: 1, most: 1000 }),
  AllAvailabilityZones: flag,
  CapacityDurationHours: required(integer(1)),
  EndDateRange: time,
  InstanceCount: integer(1),
  InstanceType: text,
  StartDateRange: time,
  UltraserverCount: unimplemented,
  UltraserverType: unimplemented,
}

/** Capacity Blocks that may be bought for an hour from now on. Nothing is held for whoever asks. */
export const describeCapacityBlockOfferings = operation({
  name: 'DescribeCapacityBlockOfferings',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const { InstanceType: instanceType, InstanceCount: count = 1, CapacityDurationHours: hours } = input
    if (instanceType === undefined) throw missingParameter('InstanceType')
    refuseType(instanceType)
    refuseDuration(hours)
    if (count > MOST_OF_A_BLOCK)
      throw invalidValue(
        `Value (${count}) for parameter instanceCount is invalid. A Capacity Block can have up to ${MOST_OF_A_BLOCK} instances.`,
      )
    const from = input.StartDateRange === undefined ? now : Date.parse(input.StartDateRange)
    const until = input.EndDateRange === undefined ? Number.POSITIVE_INFINITY : Date.parse(input.EndDateRange)
    const offered = offeringsFor({ instanceType, count, hours, from, until }, context)
    for (const one of offered) region.blockOfferings.set(one.id, one)
    const { items, nextToken } = page(offered, input, (one) => one.id)
    return { capacityBlockOfferingSet: items.map((one) => onWire(one, context)), ...next(nextToken) }
  },
})

/** botocore's ec2 model: 64 instances a block. */
const MOST_OF_A_BLOCK = 64

function onWire(one: BlockOffering, { region }: Ec2Call): object {
  const fee = upfrontFee(one, region.name)
  return {
    capacityBlockOfferingId: one.id,
    instanceType: one.instanceType,
    availabilityZone: one.zone.name,
    instanceCount: one.count,
    startDate: new Date(one.startAt),
    endDate: new Date(one.endAt),
    capacityBlockDurationHours: one.hours,
    capacityBlockDurationMinutes: one.hours * 60,
    ...(fee === undefined ? {} : { upfrontFee: fee, currencyCode: 'USD' }),
    tenancy: 'default',
  }
}
