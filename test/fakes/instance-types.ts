import type { InstanceFacts } from '../../src/core/fleet/instance-facts.ts'

/** The few types that the fake cloud sells; the numbers are AWS's own. */
export const fakeTypes: readonly InstanceFacts[] = [
  type('hpc7g.16xlarge', 'arm64', 64, 64, 131_072, 1),
  type('hpc7g.4xlarge', 'arm64', 16, 16, 131_072, 1),
  type('hpc6a.48xlarge', 'x86_64', 96, 96, 393_216, 1),
  type('c7gn.16xlarge', 'arm64', 64, 64, 131_072, 1),
  type('t3.micro', 'x86_64', 1, 2, 1024, 0),
]

function type(
  instanceType: string,
  architecture: 'x86_64' | 'arm64',
  cores: number,
  vcpus: number,
  memoryMiB: number,
  efaInterfaces: number,
): InstanceFacts {
  const clusterPlacement = !instanceType.startsWith('t3.')
  const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c']
  return {
    instanceType,
    architecture,
    cores,
    vcpus,
    memoryMiB,
    gpus: 0,
    efaInterfaces,
    networkCards: [{ index: 0, maxInterfaces: 4, kinds: null }],
    clusterPlacement,
    zones,
  }
}
