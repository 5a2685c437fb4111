import type { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { makeInstances } from '../launch/make-instances.ts'
import type { LaunchRequest } from '../launch/request.ts'
import type { Allocation, FleetError, Share } from './allocate.ts'
import type { Pool } from './pools.ts'

/** What one purchase option of a fleet came to. */
export interface Launched {
  readonly purchase: LaunchRequest['purchase']
  readonly instanceIds: readonly string[]
  readonly capacity: number
  readonly fleetInstanceSet: readonly object[]
  readonly errorSet: readonly object[]
}

/** Launches what was decided, and writes it down as CreateFleet and DescribeFleets show it: one entry a pool and zone. */
export function launchShares(
  { shares, errors }: Allocation,
  purchase: LaunchRequest['purchase'],
  context: Ec2Call,
): Launched {
  const launched = shares.map((share) => ({
    share,
    ids: makeInstances(share.plan, share.count, context).map(({ id }) => id),
  }))
  return {
    purchase,
    instanceIds: launched.flatMap(({ ids }) => ids),
    capacity: shares.reduce((sum, { pool, count }) => sum + count * pool.weight, 0),
    fleetInstanceSet: launched.map(({ share, ids }) => instancesOnWire(share, ids, purchase)),
    errorSet: distinct(errors).map(({ pool, error }) => errorOnWire(pool, error, purchase)),
  }
}

function instancesOnWire({ pool, plan }: Share, instanceIds: readonly string[], lifecycle: string): object {
  return {
    launchTemplateAndOverrides: pool.shown,
    lifecycle,
    instanceIds,
    instanceType: plan.type.InstanceType,
    availabilityZone: plan.subnet.zone.name,
    availabilityZoneId: plan.subnet.zone.id,
    subnetId: plan.subnet.id,
  }
}

const errorOnWire = (pool: Pool, error: AwsError, lifecycle: string): object => ({
  launchTemplateAndOverrides: pool.shown,
  lifecycle,
  errorCode: error.code,
  errorMessage: error.message,
})

function distinct(errors: readonly FleetError[]): readonly FleetError[] {
  const byWords = new Map(
    errors.map((one) => [JSON.stringify([one.pool.shown, one.error.code, one.error.message]), one]),
  )
  return [...byWords.values()]
}
