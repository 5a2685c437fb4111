import { count } from '../../kit/count.ts'
import { exhaustive } from '../../kit/exhaustive.ts'
import type { StorageAction } from './action.ts'

/** What is done to a file system, in words. */
export function describeStorageAction(action: StorageAction): string {
  switch (action.kind) {
    case 'link-storage':
      return `+ link of ${action.link.path} with ${action.link.repository}`
    case 'import-storage':
      return `import ${action.repositories.join(', ')}`
    case 'flush-storage':
      return action.nodeIds.length === 0
        ? `settle file system ${action.storageId}`
        : `flush file system ${action.storageId} on ${count(action.nodeIds.length, 'node')}`
    case 'export-storage':
      return `export file system ${action.storageId}`
    case 'check-export':
      return `compare file system ${action.storageId} with its export`
    case 'cancel-task':
      return `- task ${action.taskId}`
    case 'delete-storage':
      return `- file system ${action.storageId}`
    default:
      return exhaustive(action)
  }
}
