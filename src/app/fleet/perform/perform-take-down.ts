import type { Action } from '../../../core/plan/action.ts'
import type { Services } from '../../services.ts'
import { whenFree } from '../../when-free.ts'

/** The actions that take something away. */
export type Removal = Exclude<
  Extract<Action, { kind: 'terminate-nodes' | `delete-${string}` }>,
  { kind: 'delete-storage' }
>

export function isRemoval(action: Action): action is Removal {
  return action.kind === 'terminate-nodes' || (action.kind.startsWith('delete-') && action.kind !== 'delete-storage')
}

/** Carries out one removal. What something else still holds is no failure: the next round tries again. */
export async function performTakeDown(action: Removal, { compute }: Services): Promise<void> {
  switch (action.kind) {
    case 'terminate-nodes':
      return compute.terminate(action.nodeIds)
    case 'delete-stray':
      return whenFree(compute.removeStray({ kind: action.stray, id: action.strayId }))
    case 'delete-template':
      return compute.removeTemplate(action.templateId)
    case 'delete-placement-group':
      return whenFree(compute.removePlacementGroup(action.name))
    case 'delete-security-group':
      return whenFree(compute.removeSecurityGroup(action.groupId))
  }
}
