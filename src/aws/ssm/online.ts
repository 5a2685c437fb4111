import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm'
import { allPages, chunks } from '../pages.ts'
import type { Ssm } from './ssm.ts'

/** A page holds at most 50. */
const PAGE = 50

/** Nodes whose agent is registered and pings. AWS notices the death of an agent only minutes later. */
export async function online(ssm: Ssm, nodeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const pages = await Promise.all(chunks(nodeIds, PAGE).map((ids) => describe(ssm, ids)))
  return new Set(
    pages
      .flat()
      .filter((one) => one.PingStatus === 'Online')
      .map((one) => one.InstanceId ?? ''),
  )
}

function describe(ssm: Ssm, ids: string[]) {
  const Filters = [{ Key: 'InstanceIds', Values: ids }]
  return allPages(async (NextToken) => {
    const page = await ssm.send(new DescribeInstanceInformationCommand({ Filters, MaxResults: PAGE, NextToken }))
    return { items: page.InstanceInformationList, next: page.NextToken }
  })
}
