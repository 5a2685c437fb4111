import type { NewStorage } from '../../src/core/fleet/storage-spec.ts'

/** The storage that a fleet has when muster.yaml says nothing of it. */
export function scratch(overrides: Partial<NewStorage> = {}): NewStorage {
  return {
    kind: 'new',
    capacityGiB: 1200,
    deployment: 'SCRATCH_2',
    throughputPerTiB: null,
    compression: 'none',
    metadata: null,
    efa: false,
    mountPoint: '/fsx',
    imports: [],
    exportTo: null,
    onTeardown: 'delete',
    ...overrides,
  }
}
