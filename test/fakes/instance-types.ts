import type { InstanceFacts, NetworkCard } from '../../src/core/fleet/instance-facts.ts'

/** The few types that the fake cloud sells; the numbers are AWS's own. */
export const fakeTypes: readonly InstanceFacts[] = [
  type('hpc7g.16xlarge', 'arm64', [64, 64, 131_072], ['on-demand']),
  type('hpc7g.4xlarge', 'arm64', [16, 16, 131_072], ['on-demand']),
  type('hpc6a.48xlarge', 'x86_64', [96, 96, 393_216], ['on-demand']),
  type('c7gn.16xlarge', 'arm64', [64, 64, 131_072], ['on-demand', 'spot']),
  {
    ...type('p4d.24xlarge', 'x86_64', [48, 96, 1_179_648], ['on-demand', 'spot', 'capacity-block']),
    gpus: 8,
    efaInterfaces: 4,
    networkCards: [0, 1, 2, 3].map((index) => card(index, 15)),
  },
  {
    ...type('t3.micro', 'x86_64', [1, 2, 1024], ['on-demand', 'spot']),
    efaInterfaces: 0,
    placements: ['spread', 'partition'],
  },
]

function type(
  instanceType: string,
  architecture: InstanceFacts['architecture'],
  [cores, vcpus, memoryMiB]: readonly [number, number, number],
  purchases: InstanceFacts['purchases'],
): InstanceFacts {
  return {
    instanceType,
    architecture,
    cores,
    vcpus,
    memoryMiB,
    gpus: 0,
    efaInterfaces: 1,
    networkCards: [card(0, 4)],
    placements: ['cluster', 'spread', 'partition'],
    purchases,
    ena: 'required',
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  }
}

function card(index: number, maxInterfaces: number): NetworkCard {
  return { index, maxInterfaces, kinds: null }
}
