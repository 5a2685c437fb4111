import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  DescribeInternetGatewaysCommand,
  ReplaceRouteCommand,
} from '@aws-sdk/client-ec2'
import { isAwsClass } from '../error-map.ts'
import type { Ec2 } from './ec2.ts'
import { networkTags, setupFilter } from './network-tags.ts'

/** Also attaches one that a crash left between the two calls. */
export async function makeGateway(ec2: Ec2, vpc: string, action: string): Promise<void> {
  const { InternetGateways: seen = [] } = await ec2.send(
    new DescribeInternetGatewaysCommand({ Filters: [setupFilter] }),
  )
  const loose = seen.find((one) => (one.Attachments ?? []).length === 0)
  const InternetGatewayId = loose?.InternetGatewayId ?? (await createGateway(ec2, action))
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: vpc }))
}

async function createGateway(ec2: Ec2, action: string): Promise<string | undefined> {
  const TagSpecifications = networkTags('internet-gateway', 'gateway', action)
  const made = await ec2.send(new CreateInternetGatewayCommand({ TagSpecifications }))
  return made.InternetGateway?.InternetGatewayId
}

/** A route to what is gone stays as a black hole: it is replaced. */
export async function makeRoute(ec2: Ec2, table: string, to: string): Promise<void> {
  const target = to.startsWith('nat-') ? { NatGatewayId: to } : { GatewayId: to }
  const route = { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', ...target }
  try {
    await ec2.send(new CreateRouteCommand(route))
  } catch (error) {
    if (!isAwsClass(error, 'duplicate')) throw error
    await ec2.send(new ReplaceRouteCommand(route))
  }
}
