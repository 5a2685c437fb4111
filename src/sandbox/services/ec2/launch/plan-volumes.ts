import { AwsError } from '../../../aws-error.ts'
import { invalidValue } from '../errors.ts'
import type { RequestedDevice } from '../input/launch-data.ts'
import type { PublicImage } from '../state/images.ts'

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
export function planVolumes(asked: readonly RequestedDevice[], image: PublicImage): readonly PlannedVolume[] {
  const root: RequestedDevice = {
    DeviceName: image.rootDeviceName,
    Ebs: { VolumeSize: image.rootVolumeGiB, VolumeType: 'gp3', DeleteOnTermination: true },
  }
  const devices = new Map<string, RequestedDevice>([[image.rootDeviceName, root]])
  for (const device of asked) {
    const name = device.DeviceName
    if (name === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter deviceName')
    if (device.NoDevice === undefined) {
      const earlier = devices.get(name)
      devices.set(name, { ...device, Ebs: { ...earlier?.Ebs, ...device.Ebs } })
    } else devices.delete(name)
  }
  return [...devices.values()].flatMap((device) => (device.VirtualName === undefined ? [plan(device, image)] : []))
}

function plan({ DeviceName = '', Ebs = {} }: RequestedDevice, image: PublicImage): PlannedVolume {
  const isRoot = DeviceName === image.rootDeviceName
  const type = Ebs.VolumeType ?? 'gp2'
  const size = Ebs.VolumeSize
  if (size === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter size or snapshotId')
  if (isRoot && size < image.rootVolumeGiB)
    throw new AwsError(
      'InvalidBlockDeviceMapping',
      `Volume of size ${size}GB is smaller than snapshot '${image.rootSnapshotId}', expect size >= ${image.rootVolumeGiB}GB`,
    )
  const provisioned = type === 'io1' || type === 'io2'
  if (provisioned && Ebs.Iops === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter iops')
  if (Ebs.Throughput !== undefined && type !== 'gp3')
    throw invalidValue(`The parameter Throughput is not supported for ${type} volumes.`)
  return {
    device: DeviceName,
    sizeGiB: size,
    type,
    iops: Ebs.Iops ?? (type === 'gp3' ? 3000 : type === 'gp2' ? Math.min(16_000, Math.max(100, size * 3)) : null),
    throughput: type === 'gp3' ? (Ebs.Throughput ?? 125) : null,
    encrypted: Ebs.Encrypted ?? false,
    snapshotId: isRoot ? image.rootSnapshotId : (Ebs.SnapshotId ?? null),
    deleteOnTermination: Ebs.DeleteOnTermination ?? true,
  }
}
