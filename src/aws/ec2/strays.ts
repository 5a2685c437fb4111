import {
  DeleteNetworkInterfaceCommand,
  DeleteVolumeCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2'
import type { Stray } from '../../core/fleet/stray.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import { anyFleetFilter, TAG, tagValue } from '../tags.ts'
import type { Ec2 } from './ec2.ts'

/** `available` is what EC2 calls interfaces and volumes that are attached to nothing. */
const unattached = [anyFleetFilter, { Name: 'status', Values: ['available'] }]

/** Interfaces and volumes of any fleet in this region that are attached to nothing. */
export async function strays(ec2: Ec2): Promise<Stray[]> {
  const [interfaces, volumes] = await Promise.all([
    allPages(async (NextToken) => {
      const input = { Filters: unattached, MaxResults: 1000, NextToken }
      const page = await ec2.send(new DescribeNetworkInterfacesCommand(input))
      return { items: page.NetworkInterfaces, next: page.NextToken }
    }),
    allPages(async (NextToken) => {
      const page = await ec2.send(new DescribeVolumesCommand({ Filters: unattached, MaxResults: 500, NextToken }))
      return { items: page.Volumes, next: page.NextToken }
    }),
  ])
  return [
    ...interfaces.map(({ NetworkInterfaceId: id = '', TagSet }): Stray => ({
      kind: 'interface',
      id,
      fleet: tagValue(TagSet, TAG.fleet) ?? '',
      createdAt: null,
      sizeGiB: null,
    })),
    ...volumes.map(({ VolumeId: id = '', Tags, CreateTime, Size = 0 }): Stray => ({
      kind: 'volume',
      id,
      fleet: tagValue(Tags, TAG.fleet) ?? '',
      createdAt: CreateTime?.getTime() ?? null,
      sizeGiB: Size,
    })),
  ]
}

/** What is gone already is removed; throws FleetBusy where something holds it again. */
export async function removeStray(ec2: Ec2, { kind, id }: Pick<Stray, 'kind' | 'id'>): Promise<void> {
  try {
    if (kind === 'interface') await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }))
    else await ec2.send(new DeleteVolumeCommand({ VolumeId: id }))
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}

/** Regions that this account can use: without AllRegions those that are not opted in are left out (DescribeRegions). */
export async function regions(ec2: Ec2): Promise<string[]> {
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}))
  return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted()
}
