import { operation, tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next, select } from './describe.ts'
import { absent, filters } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { paging, refusePagingWithIds } from './input/pages.ts'
import { list } from './input/shape.ts'
import { tagSet } from './render/tags.ts'
import type { Volume } from './state/volume.ts'

const parameters = {
  ...paging({ least: 5, most: 1000 }),
  Filter: filters,
  IncludeManagedResources: flag,
  VolumeId: list(text),
}

export const describeVolumes = operation({
  name: 'DescribeVolumes',
  input: parameters,
  handle(input, context) {
    refusePagingWithIds(input.VolumeId, input, 'volumesSet')
    const { zones } = context.region
    const { items, nextToken } = select(
      {
        kind: 'volume',
        items: context.region.volumes,
        ids: input.VolumeId,
        filters: input.Filter,
        table: {
          ...absent('fast-restored', 'operator.principal'),
          'attachment.attach-time': (volume) =>
            volume.attachment === null ? null : new Date(volume.attachment.attachedAt),
          'attachment.delete-on-termination': (volume) => volume.attachment?.deleteOnTermination,
          'attachment.device': (volume) => volume.attachment?.device,
          'attachment.instance-id': (volume) => volume.attachment?.instanceId,
          'attachment.status': (volume) => (volume.attachment === null ? 'detached' : 'attached'),
          'availability-zone': (volume) => volume.zone,
          'availability-zone-id': (volume) => zones.find((zone) => zone.name === volume.zone)?.id,
          'create-time': (volume) => new Date(volume.createdAt),
          encrypted: (volume) => volume.encrypted,
          'multi-attach-enabled': () => false,
          'operator.managed': () => false,
          size: (volume) => volume.sizeGiB,
          'snapshot-id': (volume) => volume.snapshotId,
          status: statusOf,
          'volume-id': (volume) => volume.id,
          'volume-type': (volume) => volume.type,
        },
        paging: input,
      },
      context,
    )
    return { volumeSet: items.map((volume) => volumeOnWire(volume, context)), ...next(nextToken) }
  },
})

const statusOf = (volume: Volume): string => (volume.attachment === null ? 'available' : 'in-use')

function volumeOnWire(volume: Volume, context: Ec2Call): object {
  const held = volume.attachment
  return {
    volumeId: volume.id,
    size: volume.sizeGiB,
    snapshotId: volume.snapshotId ?? '',
    availabilityZone: volume.zone,
    availabilityZoneId: context.region.zones.find((zone) => zone.name === volume.zone)?.id,
    status: statusOf(volume),
    createTime: new Date(volume.createdAt),
    volumeType: volume.type,
    ...(volume.iops === null ? {} : { iops: volume.iops }),
    ...(volume.throughput === null ? {} : { throughput: volume.throughput }),
    encrypted: volume.encrypted,
    multiAttachEnabled: false,
    attachmentSet:
      held === null
        ? []
        : [
            {
              volumeId: volume.id,
              instanceId: held.instanceId,
              device: held.device,
              status: 'attached',
              attachTime: new Date(held.attachedAt),
              deleteOnTermination: held.deleteOnTermination,
            },
          ],
    tagSet: tagSet(tagsSeen(context)(volume)),
  }
}
