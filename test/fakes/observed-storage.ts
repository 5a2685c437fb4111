import type { ObservedStorage } from '../../src/core/fleet/observed-storage.ts'

/** A file system of fleet `hpc` as it is observed: available, without links, deleted on teardown. */
export function observedStorage(overrides: Partial<ObservedStorage> = {}): ObservedStorage {
  return {
    id: 'fs-1',
    fleet: 'hpc',
    state: 'available',
    failure: null,
    dnsName: 'fs-1.fsx',
    mountName: 'abc',
    capacityGiB: 1200,
    deployment: 'SCRATCH_2',
    throughputPerTiB: null,
    subnetId: 'subnet-a',
    createdAt: Date.UTC(2026, 0, 1),
    contract: { onTeardown: 'delete', exportTo: null, mountPoint: '/fsx', imports: 0, data: { kind: 'none' } },
    links: [],
    tasks: [],
    ...overrides,
  }
}
