import { AwsError } from '../../../aws-error.ts'
import { invalidValue, missingParameter } from '../errors.ts'
import type { RequestedDevice } from '../input/launch-data.ts'
import type { Image } from '../state/images.ts'

export interface PlannedVolume {
  readonly device: string
  readonly sizeGiB: number
  readonly type: string
  readonly iops: number | null
  readonly throughput: number | null
  readonly encrypted: boolean
  readonly snapshotId: string | null
  readonly deleteOnTermination: boolean
}

/** The image's root volume, changed as the request says, and whatever volumes the request adds. */
export function planVolumes(asked: readonly RequestedDevice[], image: Image): readonly PlannedVolume[] {
  const root: RequestedDevice = {
    DeviceName: image.rootDeviceName,
    Ebs: { VolumeSize: image.rootVolumeGiB, VolumeType: 'gp3', DeleteOnTermination: true },
  }
  const devices = new Map<string, RequestedDevice>([[image.rootDeviceName, root]])
  for (const device of asked) {
    const name = device.DeviceName
    if (name === undefined) throw missingParameter('deviceName')
    if (device.NoDevice === undefined) {
      const earlier = devices.get(name)
      devices.set(name, { ...device, Ebs: { ...earlier?.Ebs, ...device.Ebs } })
    } else devices.delete(name)
  }
  return [...devices.values()].flatMap((device) => (device.VirtualName === undefined ? [plan(device, image)] : []))
}

function plan({ DeviceName = '', Ebs = {} }: RequestedDevice, image: Image): PlannedVolume {
  const isRoot = DeviceName === image.rootDeviceName
  const type = Ebs.VolumeType ?? 'gp2'
  const size = Ebs.VolumeSize
  if (size === undefined) throw missingParameter('size or snapshotId')
  if (isRoot && size < image.rootVolumeGiB)
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${size}GB is smaller than snapshot '${image.rootSnapshotId}', expect size >= ${image.rootVolumeGiB}GB`,
    )
  const { DeleteOnTermination: deleteOnTermination = true, Encrypted: encrypted = false, SnapshotId = null } = Ebs
  return {
    device: DeviceName,
    sizeGiB: size,
    type,
    ...performance(type, size, Ebs),
    encrypted,
    snapshotId: isRoot ? image.rootSnapshotId : SnapshotId,
    deleteOnTermination,
  }
}

/** What each volume type gives by itself, and which may be asked for more: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html (compiled facts, 2026-09). */
function performance(
  type: string,
  sizeGiB: number,
  { Iops: iops, Throughput: throughput }: NonNullable<RequestedDevice['Ebs']>,
): Pick<PlannedVolume, 'iops' | 'throughput'> {
  if (throughput !== undefined && type !== 'gp3')
    throw invalidValue(`The parameter Throughput is not supported for ${type} volumes.`)
  if (type === 'gp3') return { iops: iops ?? 3000, throughput: throughput ?? 125 }
  if (type === 'gp2') return { iops: Math.min(16_000, Math.max(100, sizeGiB * 3)), throughput: null }
  if (iops === undefined && type.startsWith('io')) throw missingParameter('iops')
  return { iops: iops ?? null, throughput: null }
}
