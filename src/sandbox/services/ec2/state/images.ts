import { createHash } from 'node:crypto'

/**
 * The public machine images of a region and the SSM parameters that name them. The ids are the sandbox's own, derived
 * from region and name so that they are the same in every run. Whatever the image, a node's root is this machine's own.
 */
export interface PublicImage {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly architecture: 'x86_64' | 'arm64'
  /** SSM public parameters whose value is this image's id. */
  readonly parameterNames: readonly string[]
  readonly ownerId: string
  readonly ownerAlias: string
  readonly creationDate: string
  readonly rootDeviceName: string
  readonly rootVolumeGiB: number
  readonly rootSnapshotId: string
  readonly bootMode: 'uefi' | 'uefi-preferred'
}

/** Amazon Linux 2023 for both architectures, newest kernel first, then the Deep Learning Base images of it. */
export function publicImages(region: string): readonly PublicImage[] {
  return [...amazonLinux(region), ...deepLearning(region)]
}

function amazonLinux(region: string): readonly PublicImage[] {
  return LINES.flatMap(({ kernel, parameters }) =>
    (['x86_64', 'arm64'] as const).map((architecture): PublicImage => {
      const name = `al2023-ami-2023.9.20251014.0-kernel-${kernel}-${architecture}`
      return {
        id: `ami-${hex(`${region} ${name}`)}`,
        name,
        description: `Amazon Linux 2023 AMI 2023.9.20251014.0 ${architecture} HVM kernel-${kernel}`,
        architecture,
        parameterNames: parameters.map((part) => `/aws/service/ami-amazon-linux-latest/${part}-${architecture}`),
        ownerId: '137112412989',
        ownerAlias: 'amazon',
        creationDate: '2025-10-14T23:59:08.000Z',
        rootDeviceName: '/dev/xvda',
        rootVolumeGiB: 8,
        rootSnapshotId: `snap-${hex(`${region} ${name} root`)}`,
        bootMode: architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
      }
    }),
  )
}

/** For types with NVIDIA GPUs (AWS DLAMI developer guide, release notes: names and parameters; owner and size as its images show). */
function deepLearning(region: string): readonly PublicImage[] {
  return (['x86_64', 'arm64'] as const).map((architecture): PublicImage => {
    const kind = architecture === 'arm64' ? 'Deep Learning ARM64 Base' : 'Deep Learning Base'
    const name = `${kind} OSS Nvidia Driver GPU AMI (Amazon Linux 2023) 20251010`
    return {
      id: `ami-${hex(`${region} ${name}`)}`,
      name,
      description: `${kind} AMI of Amazon Linux 2023 with NVIDIA's driver, CUDA, EFA and NCCL`,
      architecture,
      parameterNames: [
        `/aws/service/deeplearning/ami/${architecture}/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id`,
      ],
      ownerId: '898082745236',
      ownerAlias: 'amazon',
      creationDate: '2025-10-10T12:00:00.000Z',
      rootDeviceName: '/dev/xvda',
      rootVolumeGiB: 75,
      rootSnapshotId: `snap-${hex(`${region} ${name} root`)}`,
      bootMode: architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
    }
  })
}

/** The image behind an SSM public parameter, such as `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64`. */
export function imageOfParameter(region: string, parameterName: string): PublicImage | undefined {
  return publicImages(region).find((image) => image.parameterNames.includes(parameterName))
}

/** Which kernels there are, and the names under `/aws/service/ami-amazon-linux-latest/` without the architecture. */
const LINES = [
  { kernel: '6.12', parameters: ['al2023-ami-kernel-6.12'] },
  { kernel: '6.1', parameters: ['al2023-ami-kernel-default', 'al2023-ami-kernel-6.1'] },
] as const

const hex = (seed: string): string => createHash('sha256').update(seed).digest('hex').slice(0, 17)
