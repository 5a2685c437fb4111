import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import type { PoolOptions } from '../input/fleet.ts'
import { roomFor } from '../launch/capacity.ts'
import { planLaunch } from '../launch/plan.ts'
import type { LaunchPlan } from '../launch/plan.ts'
import { reservedPlaces } from '../reservations/match.ts'
import { roomInQuota } from '../launch/vcpu-quota.ts'
import type { Planned } from '../launch/vcpu-quota.ts'
import { byPrice } from './by-price.ts'
import type { Candidate } from './by-price.ts'
import type { Pool } from './pools.ts'

/** So many instances of one pool in one zone. */
export interface Share {
  readonly pool: Pool
  readonly plan: LaunchPlan
  readonly count: number
}

export interface FleetError {
  readonly pool: Pool
  readonly error: AwsError
}

export interface Allocation {
  readonly shares: readonly Share[]
  readonly errors: readonly FleetError[]
}

/**
 * Decides which pools give the capacity; nothing is launched yet. Pools are tried by priority where the strategy says so, by
 * price where it is one of price (those without a known price last), in their own order otherwise. With SingleInstanceType or SingleAvailabilityZone only pools
 * of one type or zone go together: the first such set that reaches the least capacity is taken. Where none does, nothing is.
 */
export function allocate(
  pools: readonly Pool[],
  target: number,
  options: PoolOptions | undefined,
  context: Ec2Call,
): Allocation {
  const errors: FleetError[] = []
  const planned = inOrder(pools, options).flatMap((pool) => {
    try {
      return planLaunch(pool.request, context).map((plan) => ({ pool, plan }))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      errors.push({ pool, error: asFleetError(error) })
      return []
    }
  })
  const candidates = reservedFirst(byPrice(planned, options, context), options, context)
  const sets = Map.groupBy(candidates, ({ plan }) =>
    JSON.stringify([
      options?.SingleInstanceType === true ? plan.type.InstanceType : null,
      options?.SingleAvailabilityZone === true ? plan.subnet.zone.name : null,
    ]),
  )
  for (const set of sets.values()) {
    const { shares, capacity } = fill(set, target, errors, context)
    if (capacity > 0 && capacity >= (options?.MinTargetCapacity ?? 0)) return { shares, errors }
  }
  return { shares: [], errors }
}

/** CreateFleet has another code than RunInstances for a type that the zone does not sell; the sentence is the same. */
const asFleetError = (error: AwsError): AwsError =>
  error.code === 'Unsupported' && error.message.startsWith('Your requested instance type')
    ? new AwsError('InvalidFleetConfiguration', error.message)
    : error

function inOrder(pools: readonly Pool[], options: PoolOptions | undefined): readonly Pool[] {
  const byPriority =
    options?.AllocationStrategy === 'prioritized' || options?.AllocationStrategy === 'capacity-optimized-prioritized'
  return byPriority ? pools.toSorted((a, b) => (a.priority === b.priority ? 0 : a.priority - b.priority)) : pools
}

/** What was reserved goes first where the request says so: botocore's ec2 model, CapacityReservationOptions. */
function reservedFirst(
  candidates: readonly Candidate[],
  options: PoolOptions | undefined,
  context: Ec2Call,
): readonly Candidate[] {
  const usesReserved =
    options !== undefined &&
    'CapacityReservationOptions' in options &&
    options.CapacityReservationOptions?.UsageStrategy !== undefined
  if (!usesReserved) return candidates
  const holds = ({ plan }: Candidate): boolean => reservedPlaces(plan, 1, context) > 0
  return [...candidates.filter(holds), ...candidates.filter((one) => !holds(one))]
}

function fill(
  set: readonly Candidate[],
  target: number,
  errors: FleetError[],
  context: Ec2Call,
): { readonly shares: readonly Share[]; readonly capacity: number } {
  const shares: Share[] = []
  let capacity = 0
  for (const { pool, plan } of set) {
    if (capacity >= target) break
    const wanted = plannedOf({ pool, plan }, Math.ceil((target - capacity) / pool.weight), context)
    const planned = shares.map((share) => plannedOf(share, share.count, context))
    const allowed = roomInQuota(wanted, planned, context)
    if (allowed.refusal !== null) errors.push({ pool, error: allowed.refusal })
    if (allowed.count === 0) continue
    const room = roomFor(plan, allowed.count, context)
    if (room.refusal !== null) errors.push({ pool, error: room.refusal })
    if (room.count === 0) continue
    shares.push({ pool, plan, count: room.count })
    capacity += room.count * pool.weight
  }
  return { shares, capacity }
}

const plannedOf = ({ pool, plan }: Candidate, count: number, context: Ec2Call): Planned => ({
  type: plan.type,
  purchase: pool.request.purchase,
  count,
  reserved: reservedPlaces(plan, count, context),
})
