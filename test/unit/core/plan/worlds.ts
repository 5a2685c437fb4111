import * as fc from 'fast-check'
import { NODE_STAGES, type InstanceState, type ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import { node } from './model-world.ts'
import type { StorageData } from '../../../../src/core/fleet/observed-storage.ts'
import { exportLinks } from '../../../../src/core/fleet/storage-links.ts'
import { observedStorage } from '../../../fakes/observed-storage.ts'

/** Worlds that crashes, shortages and other people can leave behind. */
const states: InstanceState[] = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated']

const anyNode = fc
  .record({
    cohort: fc.constantFrom('c0x4', 'c1x4', 'c0x2', 'c2x3', 'elsewhere'),
    state: fc.constantFrom(...states),
    online: fc.boolean(),
    draining: fc.constantFrom(false, false, false, true),
    stages: fc.subarray([...NODE_STAGES]),
    zone: fc.constantFrom('us-east-1a', 'us-east-1b'),
    instanceType: fc.constantFrom('hpc7g.16xlarge', 'hpc7g.16xlarge', 'c6i.large'),
  })
  .map(({ stages, online, ...rest }) => ({
    ...rest,
    online: online && rest.state === 'running',
    stages: new Set(stages),
  }))

/** What a raise, a teardown or a kill of either can leave behind, with contracts of every kind. */
const anyTask = fc
  .record({
    kind: fc.constantFrom('import' as const, 'export' as const),
    state: fc.constantFrom('active' as const, 'succeeded' as const, 'failed' as const, 'cancelled' as const),
    stamp: fc.constantFrom('1', '2', null),
    failed: fc.constantFrom(0, 0, 3),
  })
  .map((task) => ({ ...task, paths: [], total: 4, succeeded: 4 - task.failed, failure: null }))

const anyData = fc.constantFrom<StorageData>(
  { kind: 'none' },
  { kind: 'unexported' },
  { kind: 'flushed', stamp: '1' },
  { kind: 'exported' },
)

const anyStorage = fc
  .record({
    state: fc.constantFrom('creating' as const, 'available' as const, 'available' as const, 'deleting' as const),
    onTeardown: fc.constantFrom('delete' as const, 'delete' as const, 'export' as const, 'keep' as const),
    imports: fc.constantFrom(0, 1),
    data: anyData,
    tasks: fc.array(anyTask, { maxLength: 2 }),
    linked: fc.boolean(),
  })
  .map(({ state, onTeardown, imports, data, tasks, linked }) => {
    const exportTo = onTeardown === 'export' ? 's3://results/here' : null
    const links = exportLinks(exportTo, imports > 0).map(({ path, repository }, index) => ({
      id: `dra-${index}`,
      path,
      repository,
      state: 'available' as const,
      failure: null,
    }))
    return observedStorage({
      state,
      contract: { onTeardown, exportTo, mountPoint: '/fsx', imports, data },
      tasks: tasks.map((task, index) => ({ ...task, id: `task-${index}` })),
      links: linked ? links : [],
    })
  })

export const anyWorld: fc.Arbitrary<ObservedFleet> = fc
  .record({
    group: fc.boolean(),
    placement: fc.constantFrom(null, 'pending', 'available', 'deleting'),
    template: fc.boolean(),
    nodes: fc.array(anyNode, { maxLength: 9 }),
    storage: fc.array(anyStorage, { maxLength: 2 }),
  })
  .map(({ group, placement, template, nodes, storage }) => ({
    name: 'hpc',
    securityGroup: group ? { id: 'sg-0' } : null,
    placementGroup: placement === null ? null : { name: 'muster-hpc', state: placement },
    template: template ? { id: 'lt-0', version: 1, fingerprint: 'old', createdAt: null } : null,
    nodes: nodes.map((each, index) => node(`i-${index}`, each)),
    storage: storage.map((one, index) => ({ ...one, id: `fs-${index}` })),
  }))
