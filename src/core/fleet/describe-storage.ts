import { exhaustive } from '../../kit/exhaustive.ts'
import type { OnTeardown, StorageSpec } from './storage-spec.ts'

/** What a fleet's storage is and becomes: `1200 GiB SCRATCH_2 on /fsx, deleted on teardown`. */
export function describeStorage(spec: StorageSpec): string {
  if (spec.kind === 'existing') return `${spec.id} on ${spec.mountPoint}, which exists and is left as it is`
  const throughput = spec.throughputPerTiB === null ? [] : [`${spec.throughputPerTiB} MB/s a TiB`]
  const efa = spec.efa ? ['EFA'] : []
  const kind = [`${spec.capacityGiB} GiB ${spec.deployment}`, ...throughput, ...efa].join(', ')
  const imports = spec.imports.map(({ path, from }) => `, ${from} in ${path}`).join('')
  return `${kind} on ${spec.mountPoint}${imports}, ${describeContract(spec)}`
}

/** `exported to s3://bucket/prefix on teardown`. */
export function describeContract({
  onTeardown,
  exportTo,
}: {
  readonly onTeardown: OnTeardown
  readonly exportTo: string | null
}): string {
  switch (onTeardown) {
    case 'export':
      return `exported to ${exportTo ?? 'nowhere'} on teardown`
    case 'keep':
      return 'kept on teardown'
    case 'delete':
      return 'deleted on teardown'
    default:
      return exhaustive(onTeardown)
  }
}
