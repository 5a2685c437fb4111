import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { TemplateRequest } from '../../ports/compute.ts'

type Market = Pick<RequestLaunchTemplateData, 'InstanceMarketOptions' | 'CapacityReservationSpecification'>

/**
 * What a launch template says of how its nodes are bought. Spot stands in the fleet's request alone: CreateFleet refuses a template
 * with Spot's market options. A target needs no preference beside it; without one (CapacityReservationSpecification)
 * `capacity-reservations-only` takes any open reservation that fits, and rather nothing than what is not reserved.
 * Blocks: EC2 User Guide, "Tutorial: Configure your EC2 Fleet to launch instances into Capacity Blocks".
 */
export function market({ purchase, reservation }: Pick<TemplateRequest, 'purchase' | 'reservation'>): Market {
  if (purchase === 'on-demand' || purchase === 'spot') return {}
  const reserved: Market =
    reservation === null
      ? { CapacityReservationSpecification: { CapacityReservationPreference: 'capacity-reservations-only' } }
      : { CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: reservation } } }
  return purchase === 'reservation'
    ? reserved
    : { InstanceMarketOptions: { MarketType: 'capacity-block' }, ...reserved }
}
