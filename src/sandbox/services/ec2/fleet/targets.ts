import type { FleetRequest } from '../input/fleet.ts'
import { purchaseOf } from '../launch/purchase.ts'
import type { LaunchRequest } from '../launch/request.ts'

export interface Target {
  readonly purchase: LaunchRequest['purchase']
  readonly capacity: number
}

/** How much capacity of which purchase option: what is named for each, and the rest of the total by default type. */
export function targetsOf({ TargetCapacitySpecification: target }: FleetRequest): readonly Target[] {
  const { OnDemandTargetCapacity: onDemand = 0, SpotTargetCapacity: spot = 0, TotalTargetCapacity: total } = target
  const usual = purchaseOf(target.DefaultTargetCapacityType)
  const rest = total - onDemand - spot
  return [
    { purchase: 'on-demand' as const, capacity: onDemand + (usual === 'on-demand' ? rest : 0) },
    { purchase: 'spot' as const, capacity: spot + (usual === 'spot' ? rest : 0) },
    { purchase: 'capacity-block' as const, capacity: usual === 'capacity-block' ? rest : 0 },
  ].filter(({ capacity }) => capacity > 0)
}
