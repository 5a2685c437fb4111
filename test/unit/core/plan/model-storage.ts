import { exhaustive } from '../../../../src/kit/exhaustive.ts'
import type { ObservedStorage, ObservedTask, StorageData } from '../../../../src/core/fleet/observed-storage.ts'
import type { StorageAction } from '../../../../src/core/plan/action.ts'

/** File systems of the model world: links and tasks are begun by actions and come about by `settleStorage`. */
export function applyToStorage(all: readonly ObservedStorage[], action: StorageAction): readonly ObservedStorage[] {
  return all.map((one) => (one.id === action.storageId ? applied(one, action) : one))
}

function applied(one: ObservedStorage, action: StorageAction): ObservedStorage {
  switch (action.kind) {
    case 'delete-storage':
      return one.tasks.some((task) => task.state === 'active') ? one : { ...one, state: 'deleting' }
    case 'link-storage': {
      const { path, repository } = action.link
      const link = { id: `dra${path}`, path, repository, state: 'creating' as const, failure: null }
      return { ...one, links: [...one.links, link] }
    }
    case 'import-storage':
      return begun(one, 'import', null, action.repositories)
    case 'flush-storage':
      return marked(one, { kind: 'flushed', stamp: '3' })
    case 'export-storage':
      return begun(one, 'export', action.stamp, action.paths)
    case 'check-export':
      return marked(one, { kind: 'exported' })
    case 'cancel-task':
      return {
        ...one,
        tasks: one.tasks.map((task) => (task.id === action.taskId ? { ...task, state: 'cancelled' } : task)),
      }
    default:
      return exhaustive(action)
  }
}

function marked(one: ObservedStorage, data: StorageData): ObservedStorage {
  return { ...one, contract: { ...one.contract, data } }
}

function begun(
  one: ObservedStorage,
  kind: ObservedTask['kind'],
  stamp: string | null,
  paths: readonly string[],
): ObservedStorage {
  const counts = { total: 4, succeeded: 0, failed: 0, failure: null }
  const task: ObservedTask = { id: `task-${one.tasks.length}`, kind, state: 'active', stamp, paths, ...counts }
  return { ...one, tasks: [...one.tasks, task] }
}

/** What time brings: file systems and links come about, tasks succeed, what is deleted goes. */
export function settleStorage(all: readonly ObservedStorage[]): readonly ObservedStorage[] {
  return all
    .filter((one) => one.state !== 'deleting')
    .map((one) => ({
      ...one,
      state: one.state === 'creating' ? 'available' : one.state,
      links: one.links.map((link) => (link.state === 'creating' ? { ...link, state: 'available' } : link)),
      tasks: one.tasks.map((task) =>
        task.state === 'active' ? { ...task, state: 'succeeded', succeeded: 4 - task.failed } : task,
      ),
    }))
}
