import { count } from '../../kit/count.ts'
import { isAlive, type ObservedFleet } from '../fleet/observed.ts'
import type { FleetPlan } from './action.ts'
import { draftPlan, type Draft } from './draft.ts'
import { planStorageTeardown } from './plan-storage-teardown.ts'
import { NO_MEMORY, storageFate, type StorageFate, type TeardownMemory } from './storage-fate.ts'

/**
 * Decides, purely, what removes a fleet, in the order in which AWS allows it: what the nodes wrote goes to the storage; nodes; when
 * they have terminated the placement group, and the storage as its contract says; when no interface is left the security group.
 * Storage that is kept, or whose data could not be exported, stays with its security group, and the plan is converged beside it.
 */
export function planTakeDown(observed: ObservedFleet, memory: TeardownMemory = NO_MEMORY): FleetPlan {
  const plan = draftPlan(observed.name)
  const fates = new Map(observed.storage.map((storage) => [storage.id, storageFate(storage, memory)]))
  const isFlushing = planStorageTeardown(plan, observed, fates)
  const alive = observed.nodes.filter(isAlive)
  const toEnd = alive.filter((node) => node.state !== 'shutting-down' && !memory.asked.has(node.id))
  if (toEnd.length > 0 && !isFlushing) {
    plan.add('terminate', { kind: 'terminate-nodes', nodeIds: toEnd.map((node) => node.id) }, 'the fleet is taken down')
  }
  if (alive.length > 0) plan.wait(`${count(alive.length, 'node')} to end`)
  if (observed.template) {
    plan.add('delete-template', { kind: 'delete-template', templateId: observed.template.id }, 'no launch follows')
  }
  if (alive.length === 0) planEmptyFleet(plan, observed, fates)
  return plan.finish()
}

/** Whether a file system stays when all else has gone. */
export const stays = ({ kind }: StorageFate): boolean => kind === 'keep' || kind === 'failed'

function planEmptyFleet(plan: Draft, observed: ObservedFleet, fates: ReadonlyMap<string, StorageFate>): void {
  for (const [storageId, fate] of fates) {
    if (fate.kind === 'delete') plan.add(`delete-${storageId}`, { kind: 'delete-storage', storageId }, fate.reason)
  }
  if (observed.placementGroup && observed.placementGroup.state !== 'deleting') {
    plan.add('delete-placement', { kind: 'delete-placement-group', name: observed.placementGroup.name }, 'it is empty')
  }
  if (observed.placementGroup?.state === 'deleting') plan.wait('the placement group to go')
  if (observed.securityGroup && observed.storage.length === 0) {
    plan.add(
      'delete-group',
      { kind: 'delete-security-group', groupId: observed.securityGroup.id },
      'no interface uses it',
    )
  }
}
