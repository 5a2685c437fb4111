import type { Ec2Call } from './context.ts'
import { absent } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { locationOf } from './render/image.ts'
import type { Image } from './state/images.ts'
import { imageState } from './state/own-image.ts'

const ABSENT = [
  ...[
    'source-image-creation-time',
    'source-image-id',
    'source-image-region',
    'watermark-creation-time',
    'watermark-key',
  ].map((name) => `image-watermark.${name}`),
  'instance-type-specification.supported-instance-type',
  'instance-type-specification.unsupported-instance-type',
  ...['critical', 'high', 'informational', 'low', 'medium'].map((level) => `scan-result.${level}-fix-available-since`),
  'scan-result.finding-scan-date',
  'scan-result.highest-finding-severity-label',
  'kernel-id',
  'product-code',
  'product-code.type',
  'ramdisk-id',
]

/** DescribeImages' filters: botocore's ec2 model. */
export const imageFilters = ({ region, now }: Ec2Call): FilterTable<Image> => ({
  ...absent(...ABSENT),
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
  'ena-support': (image) => image.enaSupport,
  'free-tier-eligible': () => true,
  hypervisor: () => 'xen',
  'image-allowed': () => true,
  'image-id': (image) => image.id,
  'image-type': () => 'machine',
  'is-public': (image) => image.own === null,
  'manifest-location': locationOf,
  name: (image) => image.name,
  'owner-alias': (image) => image.ownerAlias,
  'owner-id': (image) => image.ownerId,
  platform: () => undefined,
  'public-ssm-parameter-name': (image) => image.parameterNames,
  'root-device-name': (image) => image.rootDeviceName,
  'root-device-type': () => 'ebs',
  'sriov-net-support': () => 'simple',
  'source-image-id': (image) => image.own?.sourceImageId,
  'source-image-region': () => region.name,
  'source-instance-id': (image) => image.own?.sourceInstanceId,
  state: (image) => imageState(image.own, now),
  'state-reason-code': (image) => (imageState(image.own, now) === 'failed' ? 'Server.InternalError' : undefined),
  'state-reason-message': (image) =>
    image.own !== null && typeof image.own.copy === 'object' ? image.own.copy.failure : undefined,
  'virtualization-type': () => 'hvm',
})
