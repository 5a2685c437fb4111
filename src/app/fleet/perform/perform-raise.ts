import type { Action } from '../../../core/plan/action.ts'
import type { RaiseContext } from './context.ts'
import { createPlacementGroup, createSecurityGroup } from './create-network.ts'
import { createStorage } from './create-storage.ts'
import { createTemplate } from './create-template.ts'
import { installNodes } from './install-nodes.ts'
import { launchCohort } from './launch-cohort.ts'
import { markDraining, resizeCohort } from './mark-cohort.ts'
import { mountStorage } from './mount-storage.ts'
import { isRemoval, performTakeDown, type Removal } from './perform-take-down.ts'
import { isStorageAction, performStorage } from './perform-storage.ts'
import type { StorageContext } from './storage-context.ts'
import { trustNodes } from './trust-nodes.ts'
import { verifyNodes } from './verify-nodes.ts'

/** Carries out one action of a raise. */
export async function performRaise(action: Action, context: RaiseContext): Promise<void> {
  if (isStorageAction(action)) return performStorage(action, storageContext(context))
  if (isRemoval(action)) return remove(action, context)
  switch (action.kind) {
    case 'create-security-group':
      return createSecurityGroup(action.id, context)
    case 'create-placement-group':
      return createPlacementGroup(action.id, action.strategy, context)
    case 'create-template':
      return createTemplate(action.id, action.rung, context)
    case 'launch-cohort':
      return launchCohort(action.id, action, context)
    case 'create-storage':
      return createStorage(action.id, action.zone, context)
    case 'mark-draining':
      return markDraining(action.nodeIds, action.until, context)
    case 'resize-cohort':
      return resizeCohort(action.nodeIds, action.cohort, context)
    case 'install-nodes':
      return installNodes(action, context)
    case 'mount-storage':
      return mountStorage(action, context)
    case 'trust-nodes':
      return trustNodes(action, context)
    case 'verify-nodes':
      return verifyNodes(action, context)
  }
}

async function remove(action: Removal, { services, made }: RaiseContext): Promise<void> {
  await performTakeDown(action, services)
  if (action.kind === 'terminate-nodes') for (const id of action.nodeIds) made.ended.add(id)
}

function storageContext({ wanted, services, signal, made, observed }: RaiseContext): StorageContext {
  const find = (id: string) => observed.storage.find((one) => one.id === id)
  return { fleet: wanted.name, services, signal, find, marked: made.marked, begun: made.begun }
}
