import type { Image } from './images.ts'

/** A public image as it is in every region. */
export type PublicLine = Omit<Image, 'id' | 'rootSnapshotId' | 'own'>

/**
 * Amazon Linux 2023 (its kernels and the minimal image), the Deep Learning AMIs, Ubuntu, and one image of the time before ENA,
 * for both architectures where there are both. Parameter names: compiled facts, 2026-09 (section G); versions, dates and sizes
 * are of one moment, and ours where they are not known.
 */
export const PUBLIC_LINES: readonly PublicLine[] = [
  ...both((architecture) => amazonLinux('6.12', architecture, ['al2023-ami-kernel-6.12'])),
  ...both((architecture) => amazonLinux('6.18', architecture, ['al2023-ami-kernel-6.18'])),
  ...both((architecture) => amazonLinux('6.1', architecture, ['al2023-ami-kernel-default', 'al2023-ami-kernel-6.1'])),
  ...both((architecture) => ({
    ...amazonLinux('6.1', architecture, ['al2023-ami-minimal-kernel-default', 'al2023-ami-minimal-kernel-6.1']),
    name: `al2023-ami-minimal-2023.9.20251014.0-kernel-6.1-${architecture}`,
    rootVolumeGiB: 2,
  })),
  ...both((architecture) => deepLearning(architecture, 'amazon-linux-2023', 'Amazon Linux 2023')),
  ...both((architecture) => deepLearning(architecture, 'ubuntu-22.04', 'Ubuntu 22.04')),
  ...both((architecture) => deepLearning(architecture, 'ubuntu-24.04', 'Ubuntu 24.04')),
  ...both((architecture) => ubuntu(architecture, 'jammy', '22.04', 'hvm-ssd', 'ebs-gp2')),
  ...both((architecture) => ubuntu(architecture, 'noble', '24.04', 'hvm-ssd-gp3', 'ebs-gp3')),
  {
    ...amazonLinux('3.14', 'x86_64', []),
    name: 'amzn-ami-hvm-2015.09.0.x86_64-gp2',
    description: 'Amazon Linux AMI 2015.09.0 x86_64 HVM GP2',
    creationDate: '2015-09-18T21:37:16.000Z',
    deprecated: true,
    bootMode: 'legacy-bios',
    enaSupport: false,
  },
]

type Architecture = Image['architecture']

function both(line: (architecture: Architecture) => PublicLine): PublicLine[] {
  return [line('x86_64'), line('arm64')]
}

function amazonLinux(kernel: string, architecture: Architecture, parameters: readonly string[]): PublicLine {
  return {
    name: `al2023-ami-2023.9.20251014.0-kernel-${kernel}-${architecture}`,
    description: `Amazon Linux 2023 AMI 2023.9.20251014.0 ${architecture} HVM kernel-${kernel}`,
    architecture,
    parameterNames: parameters.map((part) => `/aws/service/ami-amazon-linux-latest/${part}-${architecture}`),
    ownerId: '137112412989',
    ownerAlias: 'amazon',
    creationDate: '2025-10-14T23:59:08.000Z',
    deprecated: false,
    rootDeviceName: '/dev/xvda',
    rootVolumeGiB: 8,
    bootMode: bootModeOf(architecture),
    enaSupport: true,
  }
}

/** Base images with NVIDIA's open driver, EFA and NCCL. */
function deepLearning(architecture: Architecture, system: string, title: string): PublicLine {
  const arm = architecture === 'arm64' ? 'ARM64 ' : ''
  const name = `Deep Learning ${arm}Base OSS Nvidia Driver GPU AMI (${title}) 20251010`
  const isUbuntu = system.startsWith('ubuntu')
  return {
    ...amazonLinux('6.1', architecture, []),
    name,
    description: name,
    parameterNames: [
      `/aws/service/deeplearning/ami/${architecture}/base-oss-nvidia-driver-gpu-${system}/latest/ami-id`,
    ],
    ownerId: '898082745236',
    creationDate: '2025-10-10T12:00:00.000Z',
    rootDeviceName: isUbuntu ? '/dev/sda1' : '/dev/xvda',
    rootVolumeGiB: 75,
  }
}

function ubuntu(
  architecture: Architecture,
  codename: string,
  version: string,
  kind: string,
  volumes: string,
): PublicLine {
  const short = architecture === 'x86_64' ? 'amd64' : 'arm64'
  return {
    ...amazonLinux('', architecture, []),
    name: `ubuntu/images/${kind}/ubuntu-${codename}-${version}-${short}-server-20260501`,
    description: `Canonical, Ubuntu, ${version}, ${short} ${codename} image`,
    parameterNames: [`/aws/service/canonical/ubuntu/server/${version}/stable/current/${short}/hvm/${volumes}/ami-id`],
    ownerId: '099720109477',
    ownerAlias: null,
    creationDate: '2026-05-01T08:00:00.000Z',
    rootDeviceName: '/dev/sda1',
  }
}

function bootModeOf(architecture: Architecture): Image['bootMode'] {
  return architecture === 'arm64' ? 'uefi' : 'uefi-preferred'
}
