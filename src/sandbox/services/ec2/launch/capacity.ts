import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination } from '../errors.ts'
import { freeAddresses } from '../state/network.ts'
import { reservationExceeded } from '../reservations/choose-target.ts'
import { placesFor, reservedPlaces } from '../reservations/match.ts'
import { spreadRoom, tooManySpread } from './spread-limit.ts'
import { priceTooLow } from '../spot/refuse-options.ts'
import { zonesOffering } from './choose-type.ts'
import type { LaunchPlan } from './plan.ts'

/** How many of the instances there is room for now, and what EC2 says where it is less than what was asked. */
export interface Room {
  readonly count: number
  readonly refusal: AwsError | null
}

/** Capacity is without end unless a fault says otherwise; addresses of a subnet are not. */
export function roomFor(plan: LaunchPlan, wanted: number, context: Ec2Call): Room {
  const { world, region } = context
  if (wanted > 1 && plan.interfaces.some((one) => one.privateIp !== undefined))
    throw invalidCombination('A private IP address can be specified only for a single instance.')
  const type = plan.type.InstanceType
  const zone = plan.subnet.zone.name
  const { purchase, maxPrice } = plan.request
  const cheap = purchase === 'spot' ? priceTooLow(region.name, type, plan.subnet.zone.id, maxPrice) : null
  if (cheap !== null) return { count: 0, refusal: cheap }
  const { mustHold } = placesFor(plan, context)
  const reserved = reservedPlaces(plan, wanted, context)
  if (mustHold && reserved < wanted) return { count: reserved, refusal: reservationExceeded() }
  // What is reserved is there: a shortage is of the rest. A Capacity Block may be short of hosts that are being cleaned.
  const isSafe = reserved === wanted && purchase === 'on-demand'
  const shortage = isSafe ? null : shortageOf({ type, zone, purchase }, context)
  if (shortage !== null)
    return {
      count: purchase === 'on-demand' ? reserved : 0,
      refusal: purchase === 'spot' ? noSpotCapacity() : insufficientCapacity(type, zone, shortage.others),
    }
  const spread = spreadRoom(plan, context)
  if (spread < wanted) return { count: spread, refusal: tooManySpread(plan) }
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
  const partial = world.faults.take(
    'partial',
    (fault) => hits(fault, { type, zone, purchase }) && fault.launched < wanted,
  )
  if (partial !== undefined)
    return {
      count: partial.launched,
      refusal: purchase === 'spot' ? noSpotCapacity() : insufficientCapacity(type, zone, []),
    }
  return { count: wanted, refusal: null }
}

interface Asked {
  readonly type: string
  readonly zone: string
  readonly purchase: string
}

/** Whether a scripted shortage stands in the way, and which zones have room. */
export function shortageOf(asked: Asked, { world, region }: Ec2Call): { readonly others: readonly string[] } | null {
  const shortage = world.faults.take('shortage', (fault) => hits(fault, asked))
  if (shortage === undefined) return null
  const elsewhere = zonesOffering(region.name, asked.type).filter(
    (other) => other !== asked.zone && shortage.zone !== '*',
  )
  return { others: shortage.availableZones ?? elsewhere }
}

function hits(
  fault: { readonly instanceType: string; readonly zone?: string; readonly purchase?: string },
  { type, zone, purchase }: Asked,
): boolean {
  return (
    isOrAny(fault.instanceType, type) && isOrAny(fault.zone ?? '*', zone) && isOrAny(fault.purchase ?? '*', purchase)
  )
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
