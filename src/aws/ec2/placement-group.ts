import { CreatePlacementGroupCommand, DeletePlacementGroupCommand } from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { PlacementStrategy } from '../../core/fleet/instance-facts.ts'
import type { ResourceTags } from '../../core/fleet/tags.ts'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import { fleetName, fleetTags, type Tag } from '../tags.ts'
import { placementGroupsBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'

/** One of that name which is just being deleted has to be gone, and one that was just made has to be shown. */
const SETTLE_MS = 60_000

/**
 * The fleet's placement group; one of another strategy is deleted first. Throws FleetBusy while an instance holds that one,
 * NotSupported where the endpoint has no groups.
 */
export async function ensurePlacementGroup(
  ec2: Ec2,
  fleet: string,
  action: string,
  strategy: PlacementStrategy,
  tags: ResourceTags = {},
): Promise<{ name: string }> {
  const name = fleetName(fleet)
  let shown = false
  const made = await poll(ec2.settings, SETTLE_MS, async () => {
    if (await create(ec2, fleet, fleetTags(fleet, action, tags), strategy)) return true
    const found = await placementGroupsBy(ec2, [{ Name: 'group-name', Values: [name] }])
    const group = found[0]
    shown = group !== undefined
    const isOther = group?.Strategy !== undefined && group.Strategy !== strategy
    if (isOther && group?.State !== 'deleting') await removePlacementGroup(ec2, name)
    // Of one that AWS does not show yet the strategy is not known.
    return !shown || isOther || group?.State === 'deleting' ? undefined : true
  })
  // That it exists is known, and nothing speaks against it.
  if (made !== null || !shown) return { name }
  throw new MusterError('CloudRefused', `the placement group ${name} is being deleted and does not go away`, {
    suggestions: ['run the same command again in a minute'],
  })
}

/** Throws FleetBusy while an instance still holds it. */
export async function removePlacementGroup(ec2: Ec2, name: string): Promise<void> {
  try {
    await ec2.send(new DeletePlacementGroupCommand({ GroupName: name }))
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}

/** False where one of that name exists. */
async function create(ec2: Ec2, fleet: string, Tags: Tag[], strategy: PlacementStrategy): Promise<boolean> {
  try {
    await ec2.send(
      new CreatePlacementGroupCommand({
        GroupName: fleetName(fleet),
        Strategy: strategy,
        // AWS's most, so that nodes spread over as many partitions as a zone has (CreatePlacementGroup, PartitionCount).
        ...(strategy === 'partition' ? { PartitionCount: 7 } : {}),
        TagSpecifications: [{ ResourceType: 'placement-group', Tags }],
      }),
    )
    return true
  } catch (error) {
    if (isAwsClass(error, 'duplicate')) return false
    if (isAwsClass(error, 'unsupported')) throw withoutGroups(error as MusterError)
    throw error
  }
}

/** The way out at an endpoint that has none. */
function withoutGroups(error: MusterError): MusterError {
  const suggestions = ["set 'placement: none' for the fleet in muster.yaml"]
  return new MusterError(error.code, error.message, { cause: error.cause, data: error.data, suggestions })
}
