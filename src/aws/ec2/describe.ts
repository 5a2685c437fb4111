import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribePlacementGroupsCommand,
  DescribeSecurityGroupsCommand,
  type Filter,
  type Instance,
  type LaunchTemplate,
  type PlacementGroup,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import type { Ec2 } from './ec2.ts'

/** The reads that everything else here is built on: all pages, by filter (a filter that matches nothing is no error). */
export function instancesBy(ec2: Ec2, filters: Filter[]): Promise<Instance[]> {
  return allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeInstancesCommand({ Filters: filters, MaxResults: 1000, NextToken }))
    return { items: page.Reservations?.flatMap((one) => one.Instances ?? []), next: page.NextToken }
  })
}

export function securityGroupsBy(ec2: Ec2, filters: Filter[]): Promise<SecurityGroup[]> {
  return allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: filters, MaxResults: 1000, NextToken }))
    return { items: page.SecurityGroups, next: page.NextToken }
  })
}

export function templatesBy(ec2: Ec2, filters: Filter[]): Promise<LaunchTemplate[]> {
  return allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeLaunchTemplatesCommand({ Filters: filters, MaxResults: 200, NextToken }))
    return { items: page.LaunchTemplates, next: page.NextToken }
  })
}

const withoutPlacementGroups = new WeakSet<Ec2>()

/** None where the endpoint has no placement groups: a fleet that does not ask for one works there too. Asked once only. */
export async function placementGroupsBy(ec2: Ec2, filters: Filter[]): Promise<PlacementGroup[]> {
  if (withoutPlacementGroups.has(ec2)) return []
  try {
    const answer = await ec2.send(new DescribePlacementGroupsCommand({ Filters: filters }))
    return (answer.PlacementGroups ?? []).filter((group) => group.State !== 'deleted')
  } catch (error) {
    if (!isAwsClass(error, 'unsupported')) throw error
    withoutPlacementGroups.add(ec2)
    return []
  }
}
