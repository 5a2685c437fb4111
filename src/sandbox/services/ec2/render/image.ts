import { tagsSeen } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import type { Image } from '../state/images.ts'
import { imageState } from '../state/own-image.ts'
import { tagSet } from './tags.ts'

export function imageOnWire(image: Image, context: Ec2Call): object {
  const { own } = image
  return {
    imageId: image.id,
    imageLocation: locationOf(image),
    imageState: imageState(own, context.now),
    ...stateReason(image),
    imageOwnerId: image.ownerId,
    ...(image.ownerAlias === null ? {} : { imageOwnerAlias: image.ownerAlias }),
    creationDate: image.creationDate,
    isPublic: own === null,
    architecture: image.architecture,
    imageType: 'machine',
    name: image.name,
    description: image.description,
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    rootDeviceType: 'ebs',
    rootDeviceName: image.rootDeviceName,
    blockDeviceMapping: [
      {
        deviceName: image.rootDeviceName,
        ebs: {
          snapshotId: image.rootSnapshotId,
          volumeSize: image.rootVolumeGiB,
          volumeType: 'gp3',
          iops: 3000,
          throughput: 125,
          deleteOnTermination: true,
          encrypted: false,
        },
      },
    ],
    virtualizationType: 'hvm',
    hypervisor: 'xen',
    ...(image.enaSupport ? { enaSupport: true } : {}),
    sriovNetSupport: 'simple',
    bootMode: image.bootMode,
    ...(image.deprecated ? {} : { imdsSupport: 'v2.0' }),
    ...(own === null ? {} : { sourceInstanceId: own.sourceInstanceId, sourceImageId: own.sourceImageId }),
    sourceImageRegion: context.region.name,
    tagSet: own === null ? [] : tagSet(tagsSeen(context)(own)),
  }
}

export const locationOf = (image: Image): string => `${image.ownerAlias ?? image.ownerId}/${image.name}`

function stateReason({ own }: Image): object {
  if (own === null || typeof own.copy !== 'object') return {}
  return { stateReason: { code: 'Server.InternalError', message: `Server.InternalError: ${own.copy.failure}` } }
}
