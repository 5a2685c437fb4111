/**
 * Turns what came in under query names, or is recorded under API names, into XML element names: the first letter becomes
 * small, and lists whose element has a name of its own are renamed. The exceptions are those of botocore's ec2 model.
 */
export function wireNames(value: unknown, renames: Readonly<Record<string, string>> = {}): unknown {
  if (Array.isArray(value)) return value.map((item) => wireNames(item, renames))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      renames[name] ?? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`,
      wireNames(member, renames),
    ]),
  )
}

/** Of ResponseLaunchTemplateData. */
export const launchDataNames = {
  BlockDeviceMapping: 'blockDeviceMappingSet',
  NetworkInterface: 'networkInterfaceSet',
  SecurityGroup: 'securityGroupSet',
  SecurityGroupId: 'securityGroupIdSet',
  Tag: 'tagSet',
  TagSpecification: 'tagSpecificationSet',
} as const

/** Of InstanceTypeInfo. */
export const instanceTypeNames = { EbsCards: 'ebsCardSet', Workloads: 'workloadSet' } as const
