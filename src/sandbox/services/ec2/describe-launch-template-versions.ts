import { invalidCombination, missingParameter } from './errors.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next } from './describe.ts'
import { absent, filters, matcher } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { flag, text } from './input/leaves.ts'
import { page, paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import type { Parsed } from './input/shape.ts'
import { findTemplate } from './launch/request.ts'
import { versionOnWire } from './render/launch-template.ts'
import type { LaunchTemplate, TemplateVersion } from './state/launch-template.ts'

const parameters = {
  ...paging({ least: 1, most: 200 }),
  Filter: filters,
  IncludeManagedResources: flag,
  LaunchTemplateId: text,
  LaunchTemplateName: text,
  LaunchTemplateVersion: list(text, 200),
  MaxVersion: text,
  MinVersion: text,
  ResolveAlias: flag,
}

interface Shown {
  readonly template: LaunchTemplate
  readonly version: TemplateVersion
}

/** The versions of one template, newest first; without a template, the latest or the default version of all. */
export const describeLaunchTemplateVersions = operation({
  name: 'DescribeLaunchTemplateVersions',
  input: parameters,
  handle(input, context) {
    const all =
      input.LaunchTemplateId === undefined && input.LaunchTemplateName === undefined
        ? ofAll(input, context)
        : ofOne(input, context)
    const matching = all.filter(matcher(input.Filter, table))
    const { items, nextToken } = page(
      matching,
      input,
      ({ template, version }) => `${template.id} ${version.number}`,
      200,
    )
    return {
      launchTemplateVersionSet: items.map(({ template, version }) => versionOnWire(template, version)),
      ...next(nextToken),
    }
  },
})

type Asked = Parsed<typeof parameters>

function ofOne(input: Asked, context: Ec2Call): Shown[] {
  const wanted = input.LaunchTemplateVersion ?? []
  const { LaunchTemplateId, LaunchTemplateName } = input
  if (wanted.length > 0) {
    if (input.MinVersion !== undefined || input.MaxVersion !== undefined)
      throw invalidCombination('Versions and a range of versions may not be specified on the same request.')
    return wanted.map((Version) => findTemplate({ LaunchTemplateId, LaunchTemplateName, Version }, context))
  }
  const { template } = findTemplate({ LaunchTemplateId, LaunchTemplateName }, context)
  const least = Number(input.MinVersion ?? 1)
  const most = Number(input.MaxVersion ?? template.latest)
  return [...template.versions.values()]
    .filter((version) => version.number >= least && version.number <= most)
    .toSorted((a, b) => b.number - a.number)
    .map((version) => ({ template, version }))
}

function ofAll(input: Asked, { region, horizon }: Ec2Call): Shown[] {
  const wanted = input.LaunchTemplateVersion ?? []
  if (wanted.length === 0) throw missingParameter('LaunchTemplateId or LaunchTemplateName or LaunchTemplateVersion')
  if (wanted.some((word) => word !== '$Latest' && word !== '$Default'))
    throw invalidCombination('Without a launch template, only the versions $Latest and $Default can be described.')
  return [...region.launchTemplates.values()]
    .filter((template) => template.createdAt <= horizon)
    .flatMap((template) =>
      wanted
        .map((word) => (word === '$Latest' ? template.latest : template.default))
        .map((number) => ({ template, version: template.versions.get(number) })),
    )
    .flatMap(({ template, version }) => (version === undefined ? [] : [{ template, version }]))
}

const table: FilterTable<Shown> = {
  ...absent('host-resource-group-arn', 'http-protocol-ipv4', 'kernel-id', 'license-configuration-arn', 'ram-disk-id'),
  'create-time': ({ version }) => new Date(version.createdAt),
  'ebs-optimized': ({ version }) => version.data.EbsOptimized,
  'http-endpoint': ({ version }) => version.data.MetadataOptions?.HttpEndpoint,
  'http-tokens': ({ version }) => version.data.MetadataOptions?.HttpTokens,
  'iam-instance-profile': ({ version }) => version.data.IamInstanceProfile?.Arn,
  'image-id': ({ version }) => version.data.ImageId,
  'instance-type': ({ version }) => version.data.InstanceType,
  'is-default-version': ({ template, version }) => version.number === template.default,
  'network-card-index': ({ version }) => (version.data.NetworkInterface ?? []).map((one) => one.NetworkCardIndex),
}
