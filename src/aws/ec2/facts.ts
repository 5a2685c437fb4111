import {
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  type InstanceTypeInfo,
  type LocationType,
  type NetworkCardInfo,
  type _InstanceType,
} from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts, NetworkCard } from '../../core/fleet/instance-facts.ts'
import { nearest } from '../../kit/nearest.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import type { Ec2 } from './ec2.ts'

/** What AWS says of a type in this region, and which zones sell it; throws InstanceTypeUnknown with the nearest names. */
export async function facts(ec2: Ec2, instanceType: string): Promise<InstanceFacts> {
  const [info, zones] = await Promise.all([typeInfo(ec2, instanceType), zonesOf(ec2, instanceType)])
  if (info === null) throw await unknownType(ec2, instanceType)
  return factsOf(instanceType, info, zones)
}

/** Types of the region with EFA: a filter of DescribeInstanceTypes, whose list is that of the region. */
export async function efaTypes(ec2: Ec2, architecture: InstanceFacts['architecture']): Promise<string[]> {
  const Filters = [
    { Name: 'network-info.efa-supported', Values: ['true'] },
    { Name: 'processor-info.supported-architecture', Values: [architecture] },
  ]
  const types = await allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeInstanceTypesCommand({ Filters, MaxResults: 100, NextToken }))
    return { items: page.InstanceTypes, next: page.NextToken }
  })
  return types.flatMap((one) => one.InstanceType ?? []).toSorted()
}

async function typeInfo(ec2: Ec2, instanceType: string): Promise<InstanceTypeInfo | null> {
  try {
    const InstanceTypes = [instanceType as _InstanceType]
    const answer = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes }))
    return answer.InstanceTypes?.[0] ?? null
  } catch (error) {
    if (isAwsClass(error, 'unknown-type')) return null
    throw error
  }
}

async function zonesOf(ec2: Ec2, instanceType: string): Promise<string[]> {
  const offered = await offerings(ec2, 'availability-zone', instanceType)
  return offered.map((one) => one.Location ?? '').toSorted()
}

/** Only when a name is wrong: the region's whole list, some 1,200 names in two pages. */
async function unknownType(ec2: Ec2, instanceType: string): Promise<MusterError> {
  const known = (await offerings(ec2, 'region')).map((one) => one.InstanceType ?? '')
  const near = nearest(instanceType, known)
  const hint = near.length === 0 ? '' : `; the nearest are ${near.join(', ')}`
  const region = ec2.settings.region
  return new MusterError('InstanceTypeUnknown', `there is no instance type '${instanceType}' in ${region}${hint}`, {
    data: { instanceType, region, nearest: near },
    suggestions: [
      near.length === 0
        ? 'name a type that this region has, or another region with --region'
        : `use the type ${near[0]}`,
    ],
  })
}

function offerings(ec2: Ec2, location: LocationType, instanceType?: string) {
  const Filters = instanceType === undefined ? [] : [{ Name: 'instance-type', Values: [instanceType] }]
  return allPages(async (NextToken) => {
    const input = { LocationType: location, Filters, MaxResults: 1000, NextToken }
    const page = await ec2.send(new DescribeInstanceTypeOfferingsCommand(input))
    return { items: page.InstanceTypeOfferings, next: page.NextToken }
  })
}

function factsOf(instanceType: string, info: InstanceTypeInfo, zones: readonly string[]): InstanceFacts {
  return {
    instanceType,
    architecture: info.ProcessorInfo?.SupportedArchitectures?.includes('arm64') ? 'arm64' : 'x86_64',
    ...processors(info),
    memoryMiB: info.MemoryInfo?.SizeInMiB ?? 0,
    gpus: (info.GpuInfo?.Gpus ?? []).reduce((sum, gpu) => sum + (gpu.Count ?? 0), 0),
    ...network(info),
    clusterPlacement: info.PlacementGroupInfo?.SupportedStrategies?.includes('cluster') ?? false,
    zones,
  }
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
