import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination } from '../errors.ts'
import { reservationExceeded } from '../reservations/choose-target.ts'
import { placesFor, reservedPlaces } from '../reservations/match.ts'
import { priceTooLow } from '../spot/refuse-options.ts'
import { freeAddresses } from '../state/network.ts'
import { insufficientCapacity, noSpotCapacity } from './capacity-refusals.ts'
import type { LaunchPlan } from './plan.ts'
import { partOf, shortageOf } from './scripted-shortage.ts'
import { spreadRoom, tooManySpread } from './spread-limit.ts'

/** How many of the instances there is room for now, and what EC2 says where it is less than what was asked. */
export interface Room {
  readonly count: number
  readonly refusal: AwsError | null
}

type Limit = (plan: LaunchPlan, wanted: number, context: Ec2Call) => Room | null

/** Capacity is without end unless a fault or a reservation says otherwise; addresses of a subnet and places of a spread group are not. */
export function roomFor(plan: LaunchPlan, wanted: number, context: Ec2Call): Room {
  if (wanted > 1 && plan.interfaces.some((one) => one.privateIp !== undefined))
    throw invalidCombination('A private IP address can be specified only for a single instance.')
  for (const limit of LIMITS) {
    const room = limit(plan, wanted, context)
    if (room !== null) return room
  }
  return { count: wanted, refusal: null }
}

const price: Limit = ({ request, subnet, type }, _wanted, { region }) => {
  if (request.purchase !== 'spot') return null
  const refusal = priceTooLow(region.name, type.InstanceType, subnet.zone.id, request.maxPrice)
  return refusal === null ? null : { count: 0, refusal }
}

const reservation: Limit = (plan, wanted, context) => {
  if (!placesFor(plan, context).mustHold) return null
  const reserved = reservedPlaces(plan, wanted, context)
  return reserved < wanted ? { count: reserved, refusal: reservationExceeded() } : null
}

/** What is reserved on demand is there: a shortage is of the rest. A Capacity Block may be short of hosts that are being cleaned. */
const shortage: Limit = (plan, wanted, context) => {
  const asked = askedBy(plan)
  const safe = asked.purchase === 'on-demand' ? reservedPlaces(plan, wanted, context) : 0
  const short = safe === wanted ? null : shortageOf(asked, context)
  return short === null ? null : { count: safe, refusal: insufficient(plan, short.others) }
}

const spread: Limit = (plan, wanted, context) => {
  const room = spreadRoom(plan, context)
  return room < wanted ? { count: room, refusal: tooManySpread(plan) } : null
}

const addresses: Limit = ({ interfaces, subnet }, wanted) => {
  const addressed = interfaces.filter((one) => one.type !== 'efa-only').length
  const count = Math.floor(freeAddresses(subnet) / addressed)
  if (count >= wanted) return null
  const words = `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`
  return { count, refusal: new AwsError('InsufficientFreeAddressesInSubnet', words) }
}

const part: Limit = (plan, wanted, context) => {
  const count = partOf(askedBy(plan), wanted, context)
  return count === undefined ? null : { count, refusal: insufficient(plan, []) }
}

/** In the order in which EC2 would find out. */
const LIMITS: readonly Limit[] = [price, reservation, shortage, spread, addresses, part]

const askedBy = ({ request, subnet, type }: LaunchPlan) => ({
  type: type.InstanceType,
  zone: subnet.zone.name,
  purchase: request.purchase,
})

function insufficient(plan: LaunchPlan, others: readonly string[]): AwsError {
  const { type, zone, purchase } = askedBy(plan)
  return purchase === 'spot' ? noSpotCapacity() : insufficientCapacity(type, zone, others)
}
