import type { Ec2Call } from '../context.ts'
import { invalidValue } from '../errors.ts'
import type { FleetConfig, FleetOverride, FleetRequest } from '../input/fleet.ts'
import type { LaunchData } from '../input/launch-data.ts'
import { refuseBadTags } from '../input/tags.ts'
import { findTemplate, mergeLaunchData } from '../launch/request.ts'
import type { LaunchRequest } from '../launch/request.ts'
import { wireNames } from '../render/wire-names.ts'

/** One way to get capacity: a template with one override. */
export interface Pool {
  readonly request: LaunchRequest
  readonly priority: number
  /** Units of capacity that one instance counts. */
  readonly weight: number
  /** `launchTemplateAndOverrides`, as answers show it. */
  readonly shown: object
}

/** The pools of a fleet in the order of its configurations. Throws where a template does not exist: the whole call fails then. */
export function poolsOf(
  request: FleetRequest,
  fleetId: string,
  purchase: LaunchRequest['purchase'],
  context: Ec2Call,
): readonly Pool[] {
  return request.LaunchTemplateConfigs.flatMap((config) =>
    (config.Overrides ?? [{}]).map((override) => poolOf(request, config, override, { fleetId, purchase }, context)),
  )
}

function poolOf(
  request: FleetRequest,
  config: FleetConfig,
  override: FleetOverride,
  fleet: { readonly fleetId: string; readonly purchase: LaunchRequest['purchase'] },
  context: Ec2Call,
): Pool {
  const { template, version } = findTemplate(config.LaunchTemplateSpecification, context)
  if (override.WeightedCapacity !== undefined && override.WeightedCapacity < 1)
    throw invalidValue('WeightedCapacity must be at least 1.')
  const { Version: _version, ...specification } = config.LaunchTemplateSpecification
  return {
    request: {
      market: version.data.InstanceMarketOptions?.MarketType ?? null,
      data: mergeLaunchData(version.data, overrideData(override, version.data), {
        TagSpecification: fleetTags(request),
      }),
      purchase: fleet.purchase,
      maxPrice: override.MaxPrice ?? null,
      subnetId: override.SubnetId,
      privateIp: undefined,
      clientToken: request.ClientToken,
      fleetId: fleet.fleetId,
      template: { id: template.id, version: version.number },
    },
    priority: override.Priority ?? Number.POSITIVE_INFINITY,
    weight: override.WeightedCapacity ?? 1,
    shown: {
      launchTemplateSpecification: { ...(wireNames(specification) as object), version: String(version.number) },
      overrides: {
        ...(wireNames(override, { BlockDeviceMapping: 'blockDeviceMappingSet' }) as object),
        instanceType: override.InstanceType ?? version.data.InstanceType,
      },
    },
  }
}

/** The parts of a launch that an override replaces; its zone joins the template's placement. */
function overrideData(override: FleetOverride, template: LaunchData): LaunchData {
  const { BlockDeviceMapping, IamInstanceProfile, ImageId, InstanceType, KeyName, MetadataOptions } = override
  const zones = {
    ...(override.AvailabilityZone === undefined ? {} : { AvailabilityZone: override.AvailabilityZone }),
    ...(override.AvailabilityZoneId === undefined ? {} : { AvailabilityZoneId: override.AvailabilityZoneId }),
  }
  const placement = { ...template.Placement, ...override.Placement, ...zones }
  return {
    BlockDeviceMapping,
    IamInstanceProfile,
    ImageId,
    InstanceType,
    KeyName,
    MetadataOptions,
    Placement: placement,
  }
}

/** A fleet's tags for what it launches; those for the fleet itself stay with it. */
function fleetTags({ TagSpecification }: FleetRequest): NonNullable<LaunchData['TagSpecification']> {
  refuseBadTags(TagSpecification)
  return (TagSpecification ?? []).filter(({ ResourceType }) => ResourceType !== 'fleet')
}
