import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { ObservedLink, ObservedStorage, ObservedTask, StorageData } from '../../src/core/fleet/observed-storage.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { LinkRequest, Storage, StorageRequest, TaskRequest } from '../../src/ports/storage.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** File systems whose state, and that of their links and tasks, follows from the clock. */
export interface FakeStorage extends Storage, Scriptable<Storage> {
  /** The next file systems end in `failed`. */
  failCreation(times?: number, failure?: string): void
  /** The next tasks end in `failed`, with so many files failed. */
  failTasks(times?: number, files?: number): void
  /** True while a file system (also one that is being deleted) holds the security group. */
  holds(securityGroupId: string): boolean
  /** How many files the next tasks copy. */
  files: number
}

interface FileSystem {
  readonly id: string
  readonly request: StorageRequest
  readonly createdAt: number
  readonly failure: string | null
  data: StorageData
  readonly links: { readonly request: LinkRequest; readonly at: number }[]
  readonly tasks: { readonly made: ObservedTask; readonly token: string; readonly at: number; cancelled: boolean }[]
  removedAt: number | null
}

export interface StoragePace {
  readonly creatingMs: number
  readonly deletingMs: number
  readonly linkingMs: number
  readonly copyingMs: number
}

const PACE: StoragePace = { creatingMs: 5000, deletingMs: 2000, linkingMs: 1000, copyingMs: 1000 }

export function fakeStorage(clock: Clock, pace: StoragePace = PACE): FakeStorage {
  const systems: FileSystem[] = []
  const failures: string[] = []
  const failingTasks: number[] = []
  const present = () => systems.filter((one) => one.removedAt === null || clock.now() < one.removedAt + pace.deletingMs)

  function observe(one: FileSystem): ObservedStorage {
    const { spec } = one.request
    return {
      id: one.id,
      fleet: one.request.fleet,
      state: stateOf(one),
      failure: stateOf(one) === 'failed' ? one.failure : null,
      dnsName: `${one.id}.fsx.us-east-1.amazonaws.com`,
      mountName: 'abcdefgh',
      capacityGiB: spec.capacityGiB,
      deployment: spec.deployment,
      throughputPerTiB: spec.throughputPerTiB,
      subnetId: one.request.subnetId,
      createdAt: one.createdAt,
      contract: {
        onTeardown: spec.onTeardown,
        exportTo: spec.exportTo,
        mountPoint: spec.mountPoint,
        imports: spec.imports.length,
        data: one.data,
      },
      links: one.links.map(({ request, at }, index): ObservedLink => {
        const state = clock.now() < at + pace.linkingMs ? 'creating' : 'available'
        return {
          id: `dra-${index}`,
          path: request.link.path,
          repository: request.link.repository,
          state,
          failure: null,
        }
      }),
      tasks: one.tasks.map(taskNow),
    }
  }
  const bare = (one: FileSystem) => ({ ...observe(one), links: [], tasks: [] })
  function taskNow({ made, at, cancelled }: FileSystem['tasks'][number]): ObservedTask {
    if (cancelled) return { ...made, state: 'cancelled' }
    return clock.now() < at + pace.copyingMs ? { ...made, state: 'active', succeeded: 0, failed: 0 } : made
  }
  function stateOf(one: FileSystem): ObservedStorage['state'] {
    if (one.removedAt !== null) return 'deleting'
    if (clock.now() < one.createdAt + pace.creatingMs) return 'creating'
    return one.failure === null ? 'available' : 'failed'
  }
  const activeTask = (one: FileSystem) => one.tasks.find((task) => taskNow(task).state === 'active')
  const alive = (id: string) => systems.find((one) => one.id === id && one.removedAt === null)

  function begin(kind: ObservedTask['kind'], request: TaskRequest, stamp: string | null): { id: string } {
    const one = alive(request.storageId)
    if (!one) throw new MusterError('CloudRefused', `${request.storageId} is not there`)
    const same = one.tasks.find((task) => task.token === request.token)
    if (same) return { id: same.made.id }
    if (activeTask(one)) throw new MusterError('FleetBusy', `another task copies from or to ${one.id}`)
    const failed = failingTasks.shift() ?? null
    const made: ObservedTask = {
      id: `task-${one.tasks.length}`,
      kind,
      state: failed === null ? 'succeeded' : 'failed',
      stamp,
      paths: request.paths,
      total: storage.files,
      succeeded: storage.files - (failed ?? 0),
      failed: failed ?? 0,
      failure: failed === null ? null : 'some files failed',
    }
    one.tasks.push({ made, token: request.token, at: clock.now(), cancelled: false })
    return { id: made.id }
  }

  const storage = {
    files: 2,
    observe: async (fleet: string) =>
      present()
        .filter((one) => one.request.fleet === fleet)
        .map(observe),
    find: async (id: string) =>
      present()
        .filter((one) => one.id === id)
        .map(bare)[0] ?? null,
    list: async () => present().map(bare),
    fleets: async () => [...new Set(present().map((one) => one.request.fleet))].toSorted(),
    async create(request: StorageRequest) {
      const same = systems.find((one) => one.request.token === request.token)
      if (same !== undefined) return { id: same.id }
      const id = `fs-${String(systems.length + 1).padStart(17, '0')}`
      const failure = failures.shift() ?? null
      const data = { kind: 'none' } as const
      systems.push({ id, request, createdAt: clock.now(), failure, data, links: [], tasks: [], removedAt: null })
      return { id }
    },
    async remove(id: string) {
      const found = alive(id)
      if (found && activeTask(found)) throw new MusterError('FleetBusy', `a task copies from or to ${id}`)
      if (found !== undefined) found.removedAt = clock.now()
    },
    async mark(id: string, data: StorageData) {
      const found = alive(id)
      if (found) found.data = data
    },
    async link(request: LinkRequest) {
      const one = alive(request.storageId)
      if (one?.links.some((known) => known.request.token === request.token) === false) {
        one.links.push({ request, at: clock.now() })
      }
    },
    beginImport: async (request: TaskRequest) => begin('import', request, null),
    beginExport: async (request: TaskRequest & { stamp: string }) => begin('export', request, request.stamp),
    async cancelTask(id: string) {
      for (const one of systems) for (const task of one.tasks) if (task.made.id === id) task.cancelled = true
    },
    failCreation(times = 1, failure = 'the file system could not be created') {
      for (let n = 0; n < times; n += 1) failures.push(failure)
    },
    failTasks(times = 1, files = 1) {
      for (let n = 0; n < times; n += 1) failingTasks.push(files)
    },
    holds: (securityGroupId: string) => present().some((one) => one.request.securityGroupIds.includes(securityGroupId)),
  }
  return scriptable<Storage>(storage, [
    'observe',
    'find',
    'list',
    'fleets',
    'create',
    'remove',
    'mark',
    'link',
    'beginImport',
    'beginExport',
    'cancelTask',
  ]) as FakeStorage
}
