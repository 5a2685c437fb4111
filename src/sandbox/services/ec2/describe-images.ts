import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next } from './describe.ts'
import { absent, filters, matcher } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { findAll } from './input/ids.ts'
import { flag, text } from './input/leaves.ts'
import { page, paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import type { PublicImage } from './state/images.ts'

const parameters = {
  ...paging({ least: 1, most: 1000 }),
  ExecutableBy: list(text),
  Filter: filters,
  ImageId: list(text),
  IncludeDeprecated: flag,
  IncludeDisabled: flag,
  Owner: list(text),
}

/** The public images; nobody here makes images of their own. */
export const describeImages = operation({
  name: 'DescribeImages',
  input: parameters,
  handle(input, context) {
    const { images } = context.region
    const asked = input.ImageId ?? []
    const chosen =
      asked.length === 0 ? [...images.values()] : findAll('image', [...new Set(asked)], (id) => images.get(id))
    const owners = input.Owner ?? []
    for (const owner of owners) if (!OWNERS.test(owner)) throw malformedOwner(owner)
    const owned = chosen.filter(
      (image) => owners.length === 0 || owners.includes(image.ownerId) || owners.includes(image.ownerAlias),
    )
    const open = owned.filter(() => input.ExecutableBy === undefined || input.ExecutableBy.includes('all'))
    const { items, nextToken } = page(
      open.filter(matcher(input.Filter, table(context), () => new Map())),
      input,
      (image) => image.id,
    )
    return { imagesSet: items.map((image) => imageOnWire(image, context)), ...next(nextToken) }
  },
})

const OWNERS = /^(\d{12}|self|amazon|aws-backup-vault|aws-marketplace)$/

const malformedOwner = (owner: string): AwsError =>
  new AwsError('InvalidUserID.Malformed', `Invalid user id: "${owner}"`)

const table = ({ region }: Ec2Call): FilterTable<PublicImage> => ({
  ...absent(
    ...[
      'source-image-creation-time',
      'source-image-id',
      'source-image-region',
      'watermark-creation-time',
      'watermark-key',
    ].map((name) => `image-watermark.${name}`),
    'instance-type-specification.supported-instance-type',
    'instance-type-specification.unsupported-instance-type',
    ...['critical', 'high', 'informational', 'low', 'medium'].map(
      (level) => `scan-result.${level}-fix-available-since`,
    ),
    'scan-result.finding-scan-date',
    'scan-result.highest-finding-severity-label',
    'kernel-id',
    'product-code',
    'product-code.type',
    'ramdisk-id',
    'source-image-id',
    'source-instance-id',
    'state-reason-code',
    'state-reason-message',
  ),
  architecture: (image) => image.architecture,
  'block-device-mapping.encrypted': () => false,
  'block-device-mapping.delete-on-termination': () => true,
  'block-device-mapping.device-name': (image) => image.rootDeviceName,
  'boot-mode': (image) => image.bootMode,
  'block-device-mapping.snapshot-id': (image) => image.rootSnapshotId,
  'block-device-mapping.volume-size': (image) => image.rootVolumeGiB,
  'block-device-mapping.volume-type': () => 'gp3',
  'creation-date': (image) => image.creationDate,
  description: (image) => image.description,
  'ena-support': () => true,
  'free-tier-eligible': () => true,
  hypervisor: () => 'xen',
  'image-allowed': () => true,
  'image-id': (image) => image.id,
  'image-type': () => 'machine',
  'is-public': () => true,
  'manifest-location': (image) => `amazon/${image.name}`,
  name: (image) => image.name,
  'owner-alias': (image) => image.ownerAlias,
  'owner-id': (image) => image.ownerId,
  platform: () => undefined,
  'public-ssm-parameter-name': (image) => image.parameterNames,
  'root-device-name': (image) => image.rootDeviceName,
  'root-device-type': () => 'ebs',
  'sriov-net-support': () => 'simple',
  state: () => 'available',
  'source-image-region': () => region.name,
  'virtualization-type': () => 'hvm',
})

function imageOnWire(image: PublicImage, { region }: Ec2Call): object {
  return {
    imageId: image.id,
    imageLocation: `amazon/${image.name}`,
    imageState: 'available',
    imageOwnerId: image.ownerId,
    imageOwnerAlias: image.ownerAlias,
    creationDate: image.creationDate,
    isPublic: true,
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
    enaSupport: true,
    sriovNetSupport: 'simple',
    bootMode: image.bootMode,
    imdsSupport: 'v2.0',
    sourceImageRegion: region.name,
    tagSet: [],
  }
}
