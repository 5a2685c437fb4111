import type { ObservedStorage } from '../../src/core/fleet/observed.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Storage, StorageRequest } from '../../src/ports/storage.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** File systems whose state follows from the clock. */
export interface FakeStorage extends Storage, Scriptable<Storage> {
  /** The next file systems end in `failed`. */
  failCreation(times?: number, failure?: string): void
  /** True while a file system (also one that is being deleted) holds the security group. */
  holds(securityGroupId: string): boolean
}

interface FileSystem {
  readonly id: string
  readonly request: StorageRequest
  readonly createdAt: number
  readonly failure: string | null
  removedAt: number | null
}

export interface StoragePace {
  readonly creatingMs: number
  readonly deletingMs: number
}

export function fakeStorage(clock: Clock, pace: StoragePace = { creatingMs: 5000, deletingMs: 2000 }): FakeStorage {
  const systems: FileSystem[] = []
  const failures: string[] = []
  const present = () => systems.filter((one) => one.removedAt === null || clock.now() < one.removedAt + pace.deletingMs)

  function observe(one: FileSystem): ObservedStorage {
    return {
      id: one.id,
      state: stateOf(one),
      failure: stateOf(one) === 'failed' ? one.failure : null,
      dnsName: `${one.id}.fsx.us-east-1.amazonaws.com`,
      mountName: 'abcdefgh',
      capacityGiB: one.request.spec.capacityGiB,
      deployment: one.request.spec.deployment,
      throughputPerTiB: one.request.spec.throughputPerTiB,
      createdAt: one.createdAt,
    }
  }
  function stateOf(one: FileSystem): ObservedStorage['state'] {
    if (one.removedAt !== null) return 'deleting'
    if (clock.now() < one.createdAt + pace.creatingMs) return 'creating'
    return one.failure === null ? 'available' : 'failed'
  }

  const storage = {
    observe: async (fleet: string) =>
      present()
        .filter((one) => one.request.fleet === fleet)
        .map(observe),
    fleets: async () => [...new Set(present().map((one) => one.request.fleet))].toSorted(),
    async create(request: StorageRequest) {
      const same = systems.find((one) => one.request.token === request.token)
      if (same !== undefined) return { id: same.id }
      const id = `fs-${String(systems.length + 1).padStart(17, '0')}`
      const failure = failures.shift() ?? null
      systems.push({ id, request, createdAt: clock.now(), failure, removedAt: null })
      return { id }
    },
    async remove(id: string) {
      const found = systems.find((one) => one.id === id && one.removedAt === null)
      if (found !== undefined) found.removedAt = clock.now()
    },
    failCreation(times = 1, failure = 'the file system could not be created') {
      for (let n = 0; n < times; n += 1) failures.push(failure)
    },
    holds: (securityGroupId: string) => present().some((one) => one.request.securityGroupIds.includes(securityGroupId)),
  }
  return scriptable<Storage>(storage, ['observe', 'fleets', 'create', 'remove']) as FakeStorage
}
