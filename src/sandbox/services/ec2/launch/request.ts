import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination } from '../errors.ts'
import { refuseMalformed } from '../input/ids.ts'
import type { LaunchData } from '../input/launch-data.ts'
import type { TagSpecification } from '../input/tags.ts'
import { text } from '../input/leaves.ts'
import { record } from '../input/shape.ts'
import type { LaunchTemplate, TemplateVersion } from '../state/launch-template.ts'

/** One launch: everything from template, overrides and request put together, and how many instances of it. */
export interface LaunchRequest {
  readonly data: LaunchData
  readonly purchase: 'on-demand' | 'spot' | 'capacity-block'
  /** The market type that template or request name; a fleet's capacity type need not agree with it, and must for Capacity Blocks. */
  readonly market: string | null
  /** The most that is paid for Spot, in dollars an hour; null for the on-demand price. */
  readonly maxPrice: number | null
  /** RunInstances' own subnet, or a fleet override's. */
  readonly subnetId: string | undefined
  readonly privateIp: string | undefined
  readonly clientToken: string | undefined
  readonly fleetId: string | null
  readonly template: { readonly id: string; readonly version: number } | null
}

export const templateSpecification = record({ LaunchTemplateId: text, LaunchTemplateName: text, Version: text })

/** Finds the template and the version (a number, `$Latest` or `$Default`, the default where none is named). */
export function findTemplate(
  specification: {
    readonly LaunchTemplateId?: string | undefined
    readonly LaunchTemplateName?: string | undefined
    readonly Version?: string | undefined
  },
  { region }: Ec2Call,
): { readonly template: LaunchTemplate; readonly version: TemplateVersion } {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Version: wanted } = specification
  if ((id === undefined) === (name === undefined))
    throw invalidCombination('Either a launch template ID or a launch template name must be specified, but not both.')
  if (id !== undefined) refuseMalformed('launch-template', [id])
  const template =
    id === undefined
      ? [...region.launchTemplates.values()].find((candidate) => candidate.name === name)
      : region.launchTemplates.get(id)
  if (template === undefined) throw unknownTemplate(id, name)
  const number =
    wanted === undefined || wanted === '$Default'
      ? template.default
      : wanted === '$Latest'
        ? template.latest
        : Number(wanted)
  const version = template.versions.get(number)
  if (version === undefined)
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find launch template version ${wanted ?? ''} for template ${template.id}.`,
    )
  return { template, version }
}

export function unknownTemplate(id: string | undefined, name: string | undefined): AwsError {
  return id === undefined
    ? new AwsError(
        'InvalidLaunchTemplateName.NotFoundException',
        `The specified launch template, with template name ${name ?? ''}, does not exist.`,
      )
    : new AwsError(
        'InvalidLaunchTemplateId.NotFound',
        `The specified launch template, with template ID ${id}, does not exist.`,
      )
}

/** Later parts win, member by member; tags are put together key by key. */
export function mergeLaunchData(...parts: readonly LaunchData[]): LaunchData {
  const merged: Record<string, unknown> = {}
  for (const part of parts)
    for (const [name, value] of Object.entries(part)) if (value !== undefined) merged[name] = value
  return {
    ...(merged as LaunchData),
    TagSpecification: mergeTags(parts.flatMap((part) => part.TagSpecification ?? [])),
  }
}

function mergeTags(specifications: readonly TagSpecification[]): readonly TagSpecification[] {
  const byType = new Map<string, Map<string, string>>()
  for (const { ResourceType, Tag = [] } of specifications) {
    const tags = byType.get(ResourceType) ?? new Map<string, string>()
    for (const { Key, Value = '' } of Tag) tags.set(Key, Value)
    byType.set(ResourceType, tags)
  }
  return [...byType].map(([ResourceType, tags]) => ({
    ResourceType,
    Tag: [...tags].map(([Key, Value]) => ({ Key, Value })),
  }))
}
