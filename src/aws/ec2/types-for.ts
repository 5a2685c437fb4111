import { DescribeInstanceTypesCommand, type Filter, type InstanceTypeInfo } from '@aws-sdk/client-ec2'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { InstanceNeed } from '../../core/fleet/instance-need.ts'
import { allPages } from '../pages.ts'
import type { Ec2 } from './ec2.ts'
import { zonesByType } from './offerings.ts'
import { factsOf } from './type-facts.ts'

/**
 * The region's types that have at least what is needed, the smallest first. AWS's filters know equality alone: architecture and
 * hypervisor are asked for, sizes are compared here. A type that no zone sells is left out.
 */
export async function typesFor(ec2: Ec2, need: InstanceNeed): Promise<InstanceFacts[]> {
  const architectures = need.architecture === null ? ['x86_64', 'arm64'] : [need.architecture]
  const infos = await typesBy(ec2, [
    { Name: 'processor-info.supported-architecture', Values: architectures },
    // Older hypervisors lack ENA and SSM's images; `current-generation` would leave out c5n, c6gn and m6i.
    { Name: 'hypervisor', Values: ['nitro'] },
    // A bare machine boots in a quarter of an hour, and is no faster for it.
    { Name: 'bare-metal', Values: ['false'] },
  ])
  const fit = infos.map((info) => factsOf(info.InstanceType ?? '', info, [])).filter((one) => meets(one, need))
  if (fit.length === 0) return []
  const zones = await zonesByType(ec2, fit.map((one) => one.instanceType)) // prettier-ignore
  return fit
    .map((one) => ({ ...one, zones: zones.get(one.instanceType) ?? [] }))
    .filter((one) => one.zones.length > 0)
    .toSorted(smallestFirst)
}

/** All pages; 100 types is AWS's longest one. */
export function typesBy(ec2: Ec2, Filters: Filter[]): Promise<InstanceTypeInfo[]> {
  return allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeInstanceTypesCommand({ Filters, MaxResults: 100, NextToken }))
    return { items: page.InstanceTypes, next: page.NextToken }
  })
}

function meets(facts: InstanceFacts, need: InstanceNeed): boolean {
  return facts.cores >= need.cores && facts.memoryMiB >= need.memoryMiB && facts.gpus >= need.gpus
}

/** GPUs that nobody asked for are the dearest thing to have. */
function smallestFirst(a: InstanceFacts, b: InstanceFacts): number {
  const name = a.instanceType < b.instanceType ? -1 : 1
  return a.gpus - b.gpus || a.cores - b.cores || a.memoryMiB - b.memoryMiB || name
}
