import type { Ec2Call } from '../context.ts'
import { invalidCombination, invalidValue } from '../errors.ts'
import { AwsError } from '../../../aws-error.ts'
import { tagsFor } from '../input/tags.ts'
import { chooseTarget, reservationAsked } from '../reservations/choose-target.ts'
import type { ReservationAsked } from '../reservations/choose-target.ts'
import type { CapacityReservation } from '../state/capacity-reservation.ts'
import type { Image } from '../state/images.ts'
import type { InstanceProfile, MetadataOptions } from '../state/instance.ts'
import type { InstanceType } from '../state/instance-types.ts'
import type { Subnet } from '../state/network.ts'
import type { PlacementGroup } from '../state/placement-group.ts'
import { refuseMarketOptions } from '../spot/refuse-options.ts'
import { chooseImage } from './choose-image.ts'
import { choosePlacement } from './choose-placement.ts'
import { chooseProfile } from './choose-profile.ts'
import { candidateSubnets } from './choose-subnet.ts'
import { chooseType } from './choose-type.ts'
import { refuseMetadataTags } from './metadata-tags.ts'
import { planInterfaces } from './plan-interfaces.ts'
import type { PlannedInterface } from './plan-interfaces.ts'
import { planVolumes } from './plan-volumes.ts'
import type { PlannedVolume } from './plan-volumes.ts'
import type { LaunchRequest } from './request.ts'
import { decodeUserData } from './user-data.ts'

/** A launch that EC2 would accept, in one zone: nothing is made yet, and capacity is not asked. */
export interface LaunchPlan {
  readonly request: LaunchRequest
  readonly type: InstanceType
  readonly image: Image
  readonly subnet: Subnet
  /** Whether the request left the zone to EC2. */
  readonly zoneIsOpen: boolean
  readonly interfaces: readonly PlannedInterface[]
  readonly volumes: readonly PlannedVolume[]
  readonly placementGroup: PlacementGroup | null
  readonly profile: InstanceProfile | null
  readonly userData: Uint8Array | null
  readonly metadataOptions: MetadataOptions
  readonly reservationAsked: ReservationAsked
  /** The capacity reservation that the launch names. */
  readonly target: CapacityReservation | null
  readonly cpu: { readonly cores: number; readonly threadsPerCore: number }
  readonly tags: ReadonlyMap<string, string>
  readonly spotTags: ReadonlyMap<string, string>
  readonly volumeTags: ReadonlyMap<string, string>
  readonly interfaceTags: ReadonlyMap<string, string>
}

const TAGGED = ['instance', 'volume', 'network-interface', 'spot-instances-request', 'elastic-gpu'] as const

/** One plan for every zone in which the launch may happen, in the order in which they are tried; throws what EC2 refuses. */
export function planLaunch(request: LaunchRequest, context: Ec2Call): readonly LaunchPlan[] {
  const { data } = request
  refuseMarketOptions(data.InstanceMarketOptions)
  const type = chooseType(request, context)
  const image = chooseImage(data.ImageId, type, context)
  const asked = reservationAsked(request)
  const target = chooseTarget(request, asked, context)
  refuseBlockInGroup(request)
  // Where the zone is left to EC2, the reservation's is the one.
  const offered = candidateSubnets(request, type.InstanceType, context)
  const subnets =
    offered.length > 1 && target !== null ? offered.filter(({ zone }) => zone.name === target.zone.name) : offered
  if (data.KeyName !== undefined)
    throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${data.KeyName}' does not exist`)
  if (data.HibernationOptions?.Configured === true)
    throw invalidValue(`Hibernation is not supported on ${type.InstanceType} in the muster sandbox.`)
  const metadataOptions = metadataOptionsOf(data.MetadataOptions)
  const tags = tagsFor(data.TagSpecification, 'instance', TAGGED)
  if (metadataOptions.instanceMetadataTags === 'enabled') refuseMetadataTags(tags.keys())
  return subnets.map((subnet) => ({
    request,
    type,
    image,
    subnet,
    zoneIsOpen: subnets.length > 1,
    interfaces: planInterfaces(request, type, subnet, context),
    volumes: planVolumes(data.BlockDeviceMapping ?? [], image),
    placementGroup: choosePlacement(data, type, subnet.zone.name, context),
    profile: chooseProfile(data.IamInstanceProfile, context.world),
    userData: decodeUserData(data.UserData),
    metadataOptions,
    reservationAsked: asked,
    target,
    cpu: cpuOf(data.CpuOptions, type),
    tags,
    spotTags: tagsFor(data.TagSpecification, 'spot-instances-request', TAGGED),
    volumeTags: tagsFor(data.TagSpecification, 'volume', TAGGED),
    interfaceTags: tagsFor(data.TagSpecification, 'network-interface', TAGGED),
  }))
}

/** The instances of a Capacity Block are close to each other already; pcluster's validators say that no group may be named (compiled facts, 2026-09). The words are ours. */
function refuseBlockInGroup({ purchase, data }: LaunchRequest): void {
  const { GroupName: name = '', GroupId: id = '' } = data.Placement ?? {}
  if (purchase === 'capacity-block' && (name !== '' || id !== ''))
    throw invalidCombination('A placement group cannot be specified for instances in a Capacity Block.')
}

/** Amazon Linux 2023 images ask for IMDSv2 with two hops; what the request says goes first. */
function metadataOptionsOf(asked: LaunchRequest['data']['MetadataOptions']): MetadataOptions {
  return {
    httpTokens: asked?.HttpTokens ?? 'required',
    httpPutResponseHopLimit: asked?.HttpPutResponseHopLimit ?? 2,
    httpEndpoint: asked?.HttpEndpoint ?? 'enabled',
    httpProtocolIpv6: asked?.HttpProtocolIpv6 ?? 'disabled',
    instanceMetadataTags: asked?.InstanceMetadataTags ?? 'disabled',
  }
}

function cpuOf(asked: LaunchRequest['data']['CpuOptions'], type: InstanceType): LaunchPlan['cpu'] {
  const { DefaultCores, DefaultThreadsPerCore } = type.VCpuInfo
  const cores = asked?.CoreCount ?? DefaultCores
  const threadsPerCore = asked?.ThreadsPerCore ?? DefaultThreadsPerCore
  if (cores > DefaultCores)
    throw invalidValue(
      `Invalid value '${cores}' for CpuOptions.CoreCount. ${type.InstanceType} has ${DefaultCores} cores.`,
    )
  if (threadsPerCore > DefaultThreadsPerCore)
    throw invalidValue(
      `Invalid value '${threadsPerCore}' for CpuOptions.ThreadsPerCore. ${type.InstanceType} has ${DefaultThreadsPerCore}.`,
    )
  return { cores, threadsPerCore }
}
