import { exhaustive } from '../../kit/exhaustive.ts'
import type { ObservedFleet } from '../fleet/observed.ts'
import type { Draft } from './draft.ts'
import type { StorageFate } from './storage-fate.ts'

/** What happens to the data of file systems before anything of them is deleted; true while the nodes are needed for it. */
export function planStorageTeardown(
  plan: Draft,
  { nodes }: ObservedFleet,
  fates: ReadonlyMap<string, StorageFate>,
): boolean {
  const mounted = nodes.filter((node) => node.state === 'running' && node.stages.has('mounted')).map(({ id }) => id)
  for (const [storageId, fate] of fates) planStep(plan, storageId, fate, mounted)
  return mounted.length > 0 && [...fates.values()].some(({ kind }) => kind === 'flush')
}

function planStep(plan: Draft, storageId: string, fate: StorageFate, mounted: readonly string[]): void {
  switch (fate.kind) {
    case 'going':
    case 'delete':
      return plan.wait('the file system to go')
    case 'wait':
      return plan.wait(fate.what)
    case 'flush': {
      const reason = 'what jobs wrote has to be there before it is exported'
      plan.add(`flush-${storageId}`, { kind: 'flush-storage', storageId, nodeIds: mounted }, reason)
      return
    }
    case 'link':
      plan.add(`link-${storageId}`, { kind: 'link-storage', storageId, link: fate.link }, 'to export to')
      return
    case 'export': {
      const { stamp, attempt, paths } = fate
      plan.add(`export-${storageId}`, { kind: 'export-storage', storageId, stamp, attempt, paths }, 'it holds results')
      return
    }
    case 'check': {
      const { stamp, taskId } = fate
      plan.add(`check-${storageId}`, { kind: 'check-export', storageId, stamp, taskId }, 'before it is deleted')
      return
    }
    case 'cancel':
      plan.add(`cancel-${storageId}`, { kind: 'cancel-task', storageId, taskId: fate.taskId }, 'its data are discarded')
      return
    case 'keep':
    case 'failed':
      return
    default:
      return exhaustive(fate)
  }
}
