import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestSizes, sizeRule } from '../../../../src/core/fleet/storage-sizes.ts'
import { exportedPaths, storageLinks } from '../../../../src/core/fleet/storage-links.ts'

const anyKind = fc.record({
  deployment: fc.constantFrom('SCRATCH_2' as const, 'PERSISTENT_2' as const),
  throughputPerTiB: fc.constantFrom(125, 250, 500, 1000),
  efa: fc.boolean(),
})

it('names sizes that are valid, on both sides, with none between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), anyKind, (capacity, kind) => {
      const near = nearestSizes(capacity, kind)
      if (near === null) return
      for (const size of near) expect(nearestSizes(size, kind)).toBeNull()
      expect(near.at(-1)).toBeGreaterThan(capacity)
      expect(near.at(-1)! - capacity).toBeLessThanOrEqual(sizeRule(kind).step)
      if (near.length === 2) expect(near[0]).toBeLessThan(capacity)
    }),
  )
})

it.each([
  [125, 38_400],
  [250, 19_200],
  [500, 9600],
  [1000, 4800],
])('EFA at %i MB/s a TiB comes in steps of %i GiB', (throughputPerTiB, step) => {
  expect(sizeRule({ deployment: 'PERSISTENT_2', throughputPerTiB, efa: true })).toEqual({ smallest: null, step })
})

it('exports everything, or beside imports only what holds results, to the same places', () => {
  const all = storageLinks({ imports: [], exportTo: 's3://b/p' })
  expect(all).toEqual([{ path: '/', repository: 's3://b/p', direction: 'export' }])
  expect(exportedPaths(all)).toEqual([])
  const some = storageLinks({ imports: [{ path: '/data', from: 's3://b/in' }], exportTo: 's3://b/p' })
  expect(some).toContainEqual({ path: '/jobs', repository: 's3://b/p/jobs', direction: 'export' })
  expect(exportedPaths(some)).toEqual(['jobs', 'export'])
})
