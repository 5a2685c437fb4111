import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination } from '../errors.ts'
import { freeAddresses } from '../state/network.ts'
import { priceTooLow } from '../spot/refuse-options.ts'
import { zonesOffering } from './choose-type.ts'
import type { LaunchPlan } from './plan.ts'

/** How many of the instances there is room for now, and what EC2 says where it is less than what was asked. */
export interface Room {
  readonly count: number
  readonly refusal: AwsError | null
}

/** Capacity is without end unless a fault says otherwise; addresses of a subnet are not. */
export function roomFor(plan: LaunchPlan, wanted: number, { world, region }: Ec2Call): Room {
  if (wanted > 1 && plan.interfaces.some((one) => one.privateIp !== undefined))
    throw invalidCombination('A private IP address can be specified only for a single instance.')
  const type = plan.type.InstanceType
  const zone = plan.subnet.zone.name
  const { purchase, maxPrice } = plan.request
  const cheap = purchase === 'spot' ? priceTooLow(region.name, type, plan.subnet.zone.id, maxPrice) : null
  if (cheap !== null) return { count: 0, refusal: cheap }
  const isHit = (fault: {
    readonly instanceType: string
    readonly zone?: string
    readonly purchase?: string
  }): boolean =>
    isOrAny(fault.instanceType, type) && isOrAny(fault.zone ?? '*', zone) && isOrAny(fault.purchase ?? '*', purchase)
  const shortage = world.faults.take('shortage', isHit)
  if (shortage !== undefined && purchase === 'spot') return { count: 0, refusal: noSpotCapacity() }
  if (shortage !== undefined) {
    const others =
      shortage.availableZones ??
      zonesOffering(region.name, type).filter((other) => other !== zone && shortage.zone !== '*')
    return { count: 0, refusal: insufficientCapacity(type, zone, others) }
  }
  const addressed = plan.interfaces.filter((one) => one.type !== 'efa-only').length
  const addresses = Math.floor(freeAddresses(plan.subnet) / addressed)
  if (addresses < wanted)
    return {
      count: addresses,
      refusal: new AwsError(
        'InsufficientFreeAddressesInSubnet',
        `There are not enough free addresses in subnet '${plan.subnet.id}' to satisfy the requested number of instances.`,
      ),
    }
  const partial = world.faults.take('partial', (fault) => isHit(fault) && fault.launched < wanted)
  if (partial !== undefined)
    return {
      count: partial.launched,
      refusal: purchase === 'spot' ? noSpotCapacity() : insufficientCapacity(type, zone, []),
    }
  return { count: wanted, refusal: null }
}

/** EC2's own sentence: it names the zones that have the capacity. Of the 5xx class, so that SDKs try again by themselves. */
export function insufficientCapacity(type: string, zone: string, others: readonly string[]): AwsError {
  const elsewhere =
    others.length === 0
      ? ''
      : ` You can currently get ${type} capacity by not specifying an Availability Zone in your request or choosing ${others.join(', ')}.`
  return new AwsError(
    'InsufficientInstanceCapacity',
    `We currently do not have sufficient ${type} capacity in the Availability Zone you requested (${zone}). Our system will be working on provisioning additional capacity.${elsewhere}`,
    500,
  )
}

/** EC2's own sentence about Spot: it names no zones. */
export const noSpotCapacity = (): AwsError =>
  new AwsError('InsufficientInstanceCapacity', 'There is no Spot capacity available that matches your request.', 500)

const isOrAny = (wanted: string, actual: string): boolean => wanted === '*' || wanted === actual
