import { operation, tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import { text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { tagSet } from './render/tags.ts'
import type { Snapshot } from './state/snapshot.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  Owner: list(text),
  RestorableBy: list(text),
  SnapshotId: list(text),
}

/** The account's own snapshots; those of public images are not shown. */
export const describeSnapshots = operation({
  name: 'DescribeSnapshots',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.SnapshotId, input, 'snapshotsSet')
    const { world, region, now } = context
    const owners = input.Owner ?? []
    const isShown = owners.length === 0 || owners.includes('self') || owners.includes(world.account)
    const { items, nextToken } = select(
      {
        kind: 'snapshot',
        items: isShown ? region.snapshots : new Map<string, Snapshot>(),
        ids: input.SnapshotId,
        filters: input.Filter,
        table: {
          ...absent('owner-alias', 'storage-tier', 'transfer-type', 'sse-type'),
          description: (one) => one.description,
          encrypted: (one) => one.encrypted,
          'owner-id': () => world.account,
          progress: (one) => progressOf(one, now),
          'snapshot-id': (one) => one.id,
          'start-time': (one) => new Date(one.createdAt),
          status: (one) => statusOf(one, now),
          'volume-id': (one) => one.volumeId,
          'volume-size': (one) => one.sizeGiB,
        },
        paging: input,
      },
      context,
    )
    return { snapshotSet: items.map((one) => onWire(one, context)), ...next(nextToken) }
  },
})

const statusOf = ({ readyAt }: Snapshot, now: number): string => (now >= readyAt ? 'completed' : 'pending')
const progressOf = ({ readyAt }: Snapshot, now: number): string => (now >= readyAt ? '100%' : '0%')

const onWire = (one: Snapshot, context: Ec2Call): object => ({
  snapshotId: one.id,
  volumeId: one.volumeId,
  status: statusOf(one, context.now),
  startTime: new Date(one.createdAt),
  progress: progressOf(one, context.now),
  ownerId: context.world.account,
  volumeSize: one.sizeGiB,
  description: one.description,
  encrypted: one.encrypted,
  storageTier: 'standard',
  tagSet: tagSet(tagsSeen(context)(one)),
})
