import { isAlive, type ObservedFleet } from '../fleet/observed.ts'
import type { FleetPlan } from './action.ts'
import { draftPlan, type Draft } from './draft.ts'

/**
 * Decides, purely, what removes a fleet, in the order in which AWS allows it: nodes; when they have terminated the placement
 * group and the storage that they had mounted; when no interface is left the security group. `asked` are nodes whose end the
 * cloud has accepted a moment ago and may not show yet.
 */
export function planTakeDown(observed: ObservedFleet, asked: ReadonlySet<string> = new Set()): FleetPlan {
  const plan = draftPlan(observed.name)
  const alive = observed.nodes.filter(isAlive)
  const toEnd = alive.filter((node) => node.state !== 'shutting-down' && !asked.has(node.id))
  if (toEnd.length > 0) {
    plan.add('terminate', { kind: 'terminate-nodes', nodeIds: toEnd.map((node) => node.id) }, 'the fleet is taken down')
  }
  if (alive.length > 0) plan.wait(`${alive.length} nodes to end`)
  if (observed.template) {
    plan.add('delete-template', { kind: 'delete-template', templateId: observed.template.id }, 'no launch follows')
  }
  if (observed.storage.length > 0) plan.wait('the file system to go')
  if (alive.length === 0) planEmptyFleet(plan, observed)
  return plan.finish()
}

function planEmptyFleet(plan: Draft, observed: ObservedFleet): void {
  for (const storage of observed.storage) {
    if (storage.state !== 'deleting') {
      plan.add(`delete-${storage.id}`, { kind: 'delete-storage', storageId: storage.id }, 'no node uses it')
    }
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
