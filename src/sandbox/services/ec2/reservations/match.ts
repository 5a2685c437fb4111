import type { Ec2Call } from '../context.ts'
import type { LaunchPlan } from '../launch/plan.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import type { Instance } from '../state/instance.ts'
import type { PlacementGroup } from '../state/placement-group.ts'
import { freePlaces } from './state.ts'

/** Where a launch may find a reserved place, and whether it must. */
export interface Places {
  readonly reservations: readonly CapacityReservation[]
  readonly mustHold: boolean
}

/** The images here are Linux's. */
const PLATFORM = 'Linux/UNIX'

interface Attributes {
  readonly instanceType: string
  readonly zone: string
  readonly group: PlacementGroup | null
}

/**
 * Type, platform and zone, and the placement group of a reservation that was made in one. Others serve launches into any
 * group: EC2 User Guide, limitations-placement-groups ("This is also true if you launch the instance into a placement group").
 */
function fits(one: CapacityReservation, { instanceType, zone, group }: Attributes): boolean {
  const wanted = groupName(one.placementGroupArn)
  return (
    one.instanceType === instanceType &&
    one.platform === PLATFORM &&
    one.zone.name === zone &&
    (wanted === null || wanted === group?.name)
  )
}

/** `my-group` of `arn:aws:ec2:us-east-1:123456789012:placement-group/my-group`. */
export const groupName = (arn: string | null): string | null => (arn === null ? null : arn.slice(arn.indexOf('/') + 1))

export const fitsPlan = (one: CapacityReservation, { type, subnet, placementGroup }: LaunchPlan): boolean =>
  fits(one, { instanceType: type.InstanceType, zone: subnet.zone.name, group: placementGroup })

export const fitsInstance = (one: CapacityReservation, { type, subnet, placementGroup }: Instance): boolean =>
  fits(one, { instanceType: type.InstanceType, zone: subnet.zone.name, group: placementGroup })

/** The reservations that a launch may use: the one that it targets, or the open ones that fit it. */
export function placesFor(plan: LaunchPlan, { region }: Ec2Call): Places {
  const { preference } = plan.reservationAsked
  if (plan.target !== null) return { reservations: fitsPlan(plan.target, plan) ? [plan.target] : [], mustHold: true }
  if (plan.request.purchase !== 'on-demand' || preference === 'none') return { reservations: [], mustHold: false }
  const open = [...region.capacityReservations.values()].filter(
    (one) => one.type === 'default' && one.match === 'open' && fitsPlan(one, plan),
  )
  return { reservations: open, mustHold: preference === 'capacity-reservations-only' }
}

/** How many of `wanted` instances would hold a reserved place now. */
export function reservedPlaces(plan: LaunchPlan, wanted: number, context: Ec2Call): number {
  const { reservations } = placesFor(plan, context)
  return Math.min(
    wanted,
    reservations.reduce((sum, one) => sum + freePlaces(one, context.now), 0),
  )
}
