import * as fc from 'fast-check'
import { NODE_STAGES, type InstanceState, type ObservedFleet } from '../../../../src/core/fleet/observed.ts'
import { NOW, node } from './model-world.ts'

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

export const anyWorld: fc.Arbitrary<ObservedFleet> = fc
  .record({
    group: fc.boolean(),
    placement: fc.constantFrom(null, 'pending', 'available', 'deleting'),
    template: fc.boolean(),
    nodes: fc.array(anyNode, { maxLength: 9 }),
    storage: fc.array(fc.constantFrom('creating' as const, 'available' as const, 'deleting' as const), {
      maxLength: 2,
    }),
  })
  .map(({ group, placement, template, nodes, storage }) => ({
    name: 'hpc',
    securityGroup: group ? { id: 'sg-0' } : null,
    placementGroup: placement === null ? null : { name: 'muster-hpc', state: placement },
    template: template ? { id: 'lt-0', version: 1, fingerprint: 'old' } : null,
    nodes: nodes.map((each, index) => node(`i-${index}`, each)),
    storage: storage.map((state, index) => ({
      id: `fs-${index}`,
      state,
      failure: null,
      dnsName: `fs-${index}.fsx`,
      mountName: 'abc',
      deployment: 'SCRATCH_2',
      throughputPerTiB: null,
      capacityGiB: 1200,
      createdAt: NOW,
    })),
  }))
