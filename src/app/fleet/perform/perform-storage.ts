import { exhaustive } from '../../../kit/exhaustive.ts'
import type { Action, StorageAction } from '../../../core/plan/action.ts'
import { token } from '../token.ts'
import { checkExport } from './check-export.ts'
import { flushStorage } from './flush-storage.ts'
import type { StorageContext } from './storage-context.ts'
import { whenFree } from '../../when-free.ts'

/** Carries out an action on a file system. What another task still holds up is no failure: the next round tries again. */
export async function performStorage(action: StorageAction, context: StorageContext): Promise<void> {
  const { storage } = context.services
  const { storageId } = action
  const { fleet, begun } = context
  switch (action.kind) {
    case 'link-storage': {
      const { link } = action
      return whenFree(storage.link({ storageId, fleet, token: token(storageId, link.path, link.repository), link }))
    }
    case 'import-storage': {
      const { repositories: paths, attempt } = action
      const id = token(storageId, 'import', attempt, ...paths)
      return whenFree(
        storage.beginImport({ storageId, fleet, token: id, paths }).then((task) => void begun.add(task.id)),
      )
    }
    case 'flush-storage':
      return flushStorage(storageId, action.nodeIds, context)
    case 'export-storage': {
      const { paths, stamp, attempt } = action
      const id = token(storageId, 'export', stamp, attempt, ...paths)
      return whenFree(
        storage.beginExport({ storageId, fleet, token: id, paths, stamp }).then((task) => void begun.add(task.id)),
      )
    }
    case 'check-export':
      return checkExport(storageId, action.stamp, action.taskId, context)
    case 'cancel-task':
      return storage.cancelTask(action.taskId)
    case 'delete-storage':
      return whenFree(storage.remove(storageId))
    default:
      return exhaustive(action)
  }
}

export function isStorageAction(action: Action): action is Action & StorageAction {
  return 'storageId' in action
}
