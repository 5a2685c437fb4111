import { isMusterError } from '../../../core/errors/muster-error.ts'
import type { Action } from '../../../core/plan/action.ts'
import type { Services } from '../../services.ts'

/** The actions that take something away. */
export type Removal = Extract<Action, { kind: 'terminate-nodes' | `delete-${string}` }>

export function isRemoval(action: Action): action is Removal {
  return action.kind === 'terminate-nodes' || action.kind.startsWith('delete-')
}

/** Carries out one removal. What something else still holds is no failure: the next round tries again. */
export async function performTakeDown(action: Removal, { compute, storage }: Services): Promise<void> {
  switch (action.kind) {
    case 'terminate-nodes':
      return compute.terminate(action.nodeIds)
    case 'delete-storage':
      return storage.remove(action.storageId)
    case 'delete-template':
      return compute.removeTemplate(action.templateId)
    case 'delete-placement-group':
      return whenFree(compute.removePlacementGroup(action.name))
    case 'delete-security-group':
      return whenFree(compute.removeSecurityGroup(action.groupId))
  }
}

async function whenFree(removal: Promise<void>): Promise<void> {
  try {
    await removal
  } catch (error) {
    if (!isMusterError(error, 'FleetBusy')) throw error
  }
}
