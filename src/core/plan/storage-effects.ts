import { exhaustive } from '../../kit/exhaustive.ts'
import type { ObservedStorage, ObservedTask, StorageData } from '../fleet/observed-storage.ts'
import type { StorageSpec } from '../fleet/storage-spec.ts'
import type { StorageAction } from './action.ts'

/** A file system as it will be when it has been made as wanted, with a made-up id. */
export function plannedStorage(fleet: string, spec: StorageSpec | null): ObservedStorage {
  const bare = { fleet, state: 'available', failure: null, dnsName: '', mountName: '', subnetId: '' } as const
  const none = { onTeardown: 'delete', exportTo: null, mountPoint: null, imports: 0, data: { kind: 'none' } } as const
  const made = { id: 'new', ...bare, createdAt: 0, links: [], tasks: [] }
  if (spec?.kind !== 'new') return { ...made, capacityGiB: 0, deployment: null, throughputPerTiB: null, contract: none }
  const { capacityGiB, deployment, throughputPerTiB, onTeardown, exportTo, mountPoint, imports } = spec
  const contract = { ...none, onTeardown, exportTo, mountPoint, imports: imports.length }
  return { ...made, capacityGiB, deployment, throughputPerTiB, contract }
}

/** What an action makes of file systems if all goes well. */
export function afterStorage(all: readonly ObservedStorage[], action: StorageAction): readonly ObservedStorage[] {
  const change = (how: (one: ObservedStorage) => ObservedStorage) =>
    all.map((one) => (one.id === action.storageId ? how(one) : one))
  switch (action.kind) {
    case 'delete-storage':
      return all.filter((one) => one.id !== action.storageId)
    case 'link-storage': {
      const { path, repository } = action.link
      const link = { id: `new${path}`, path, repository, state: 'creating', failure: null } as const
      return change((one) => ({ ...one, links: [...one.links, link] }))
    }
    case 'import-storage':
      return change((one) => withTask(one, { kind: 'import', paths: action.repositories, stamp: null }))
    case 'flush-storage':
      return change((one) => withData(one, { kind: 'flushed', stamp: 'new' }))
    case 'export-storage':
      return change((one) => withTask(one, { kind: 'export', paths: action.paths, stamp: action.stamp }))
    case 'check-export':
      return change((one) => withData(one, { kind: 'exported' }))
    case 'cancel-task':
      return change((one) => ({
        ...one,
        tasks: one.tasks.map((task) => (task.id === action.taskId ? { ...task, state: 'cancelled' } : task)),
      }))
    default:
      return exhaustive(action)
  }
}

/** What only time brings. */
export function laterStorage(all: readonly ObservedStorage[]): readonly ObservedStorage[] {
  return all
    .filter((one) => one.state !== 'deleting')
    .map((one) => ({
      ...one,
      state: one.state === 'creating' ? 'available' : one.state,
      links: one.links.map((link) => (link.state === 'creating' ? { ...link, state: 'available' } : link)),
      tasks: one.tasks.map((task) => (task.state === 'active' ? { ...task, state: 'succeeded' } : task)),
    }))
}

export function withData(storage: ObservedStorage, data: StorageData): ObservedStorage {
  return { ...storage, contract: { ...storage.contract, data } }
}

function withTask(storage: ObservedStorage, made: Pick<ObservedTask, 'kind' | 'paths' | 'stamp'>): ObservedStorage {
  const counts = { total: 0, succeeded: 0, failed: 0, failure: null } as const
  const task: ObservedTask = { id: `new-${storage.tasks.length}`, state: 'active', ...counts, ...made }
  return { ...storage, tasks: [...storage.tasks, task] }
}
