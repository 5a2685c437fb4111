import type { InstanceTypeInfo, NetworkCardInfo } from '@aws-sdk/client-ec2'
import type { InstanceFacts, NetworkCard } from '../../core/fleet/instance-facts.ts'

/** What muster needs of AWS's own description of a type. */
export function factsOf(instanceType: string, info: InstanceTypeInfo, zones: readonly string[]): InstanceFacts {
  return {
    instanceType,
    architecture: info.ProcessorInfo?.SupportedArchitectures?.includes('arm64') ? 'arm64' : 'x86_64',
    ...processors(info),
    memoryMiB: info.MemoryInfo?.SizeInMiB ?? 0,
    gpus: (info.GpuInfo?.Gpus ?? []).reduce((sum, gpu) => sum + (gpu.Count ?? 0), 0),
    ...network(info),
    placements: placements(info),
    purchases: purchases(info),
    // Every type of today's families says so itself; the oldest and other endpoints say nothing.
    ena: info.NetworkInfo?.EnaSupport ?? 'unsupported',
    zones,
  }
}

/** AWS has further strategies (`precision-time`), which no fleet asks for. */
function placements({ PlacementGroupInfo: info }: InstanceTypeInfo): InstanceFacts['placements'] {
  const known = ['cluster', 'partition', 'spread'] as const
  return known.filter((strategy) => info?.SupportedStrategies?.includes(strategy))
}

/** An endpoint that does not say sells on demand: everybody does. */
function purchases({ SupportedUsageClasses: classes = ['on-demand'] }: InstanceTypeInfo): InstanceFacts['purchases'] {
  const known = ['on-demand', 'spot', 'capacity-block'] as const
  return known.filter((purchase) => classes.includes(purchase))
}

function network({ NetworkInfo: info }: InstanceTypeInfo): Pick<InstanceFacts, 'efaInterfaces' | 'networkCards'> {
  const cards = info?.NetworkCards ?? []
  return {
    efaInterfaces: info?.EfaInfo?.MaximumEfaInterfaces ?? (info?.EfaSupported === true ? 1 : 0),
    // Types of one card need not list it.
    networkCards:
      cards.length > 0
        ? cards.map(networkCard)
        : [{ index: 0, maxInterfaces: info?.MaximumNetworkInterfaces ?? 1, kinds: null }],
  }
}

function networkCard(card: NetworkCardInfo): NetworkCard {
  // AWS has a fourth kind, `secondary`, which no fleet asks for.
  const kinds = card.InterfaceTypes?.filter((kind) => kind !== 'secondary')
  return {
    index: card.NetworkCardIndex ?? 0,
    maxInterfaces: card.MaximumNetworkInterfaces ?? 1,
    kinds: kinds === undefined || kinds.length === 0 ? null : kinds,
  }
}

/** On types without hyper-threading (all hpc types) a vCPU is a core. */
function processors({ VCpuInfo: cpu }: InstanceTypeInfo): Pick<InstanceFacts, 'cores' | 'vcpus'> {
  const vcpus = cpu?.DefaultVCpus ?? 1
  return { vcpus, cores: cpu?.DefaultCores ?? Math.max(1, Math.floor(vcpus / (cpu?.DefaultThreadsPerCore ?? 1))) }
}
