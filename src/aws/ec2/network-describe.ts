import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type Filter,
  type RouteTable,
  type Subnet,
  type Vpc,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import type { Ec2 } from './ec2.ts'

/** Reads of networks: all pages, by filter (a filter that matches nothing is no error). */
export function vpcsBy(ec2: Ec2, filters: Filter[]): Promise<Vpc[]> {
  return allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeVpcsCommand({ Filters: filters, NextToken }))
    return { items: page.Vpcs, next: page.NextToken }
  })
}

export function subnetsBy(ec2: Ec2, filters: Filter[]): Promise<Subnet[]> {
  return allPages(async (NextToken) => {
    const page = await ec2.send(new DescribeSubnetsCommand({ Filters: filters, NextToken }))
    return { items: page.Subnets, next: page.NextToken }
  })
}

/** Null where the endpoint knows no route tables. */
export function routeTablesBy(ec2: Ec2, filters: Filter[]): Promise<RouteTable[] | null> {
  return known(
    allPages(async (NextToken) => {
      const page = await ec2.send(new DescribeRouteTablesCommand({ Filters: filters, NextToken }))
      return { items: page.RouteTables, next: page.NextToken }
    }),
  )
}

/** Null where the endpoint knows no VPC endpoints. */
export function vpcEndpointsBy(ec2: Ec2, filters: Filter[]): Promise<VpcEndpoint[] | null> {
  return known(
    allPages(async (NextToken) => {
      const page = await ec2.send(new DescribeVpcEndpointsCommand({ Filters: filters, NextToken }))
      return { items: page.VpcEndpoints, next: page.NextToken }
    }),
  )
}

/** A cloud that lacks the operation says nothing: what follows from it is unknown, not wrong. */
async function known<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (isAwsClass(error, 'unsupported')) return null
    throw error
  }
}
