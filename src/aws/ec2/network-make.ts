import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  CreateNatGatewayCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2'
import type { NetworkPart } from '../../core/account/action.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { exhaustive } from '../../kit/exhaustive.ts'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import type { Ec2 } from './ec2.ts'
import { makeEndpoint, makeEndpointGroup, makeS3Endpoint } from './network-make-endpoint.ts'
import { makeGateway, makeRoute } from './network-make-route.ts'
import { isShown } from './network-shown.ts'
import { networkTags } from './network-tags.ts'

/** What was made a moment ago may be unknown to the next call, and unseen by a describe: so long it is waited for. */
const SETTLE_MS = 60_000

/** Makes a part of the network or finds it made, and waits until AWS shows it. */
export async function makePart(ec2: Ec2, part: NetworkPart, action: string): Promise<void> {
  let last: unknown
  const done = await poll(ec2.settings, SETTLE_MS, async () => {
    try {
      await makeOnce(ec2, part, action)
      return true
    } catch (error) {
      last = error
      if (isAwsClass(error, 'duplicate')) return true
      if (isAwsClass(error, 'gone')) return undefined
      throw error
    }
  })
  if (done === null) throw last
  if ((await poll(ec2.settings, SETTLE_MS, async () => ((await isShown(ec2, part)) ? true : undefined))) !== null)
    return
  throw new MusterError('CloudRefused', `${part.what} was made, but AWS does not show it`, {
    suggestions: ['run the same command again'],
  })
}

async function makeOnce(ec2: Ec2, part: NetworkPart, action: string): Promise<unknown> {
  switch (part.what) {
    case 'vpc':
      return ec2.send(
        new CreateVpcCommand({ CidrBlock: part.range, TagSpecifications: networkTags('vpc', 'vpc', action) }),
      )
    case 'dns':
      return ec2.send(new ModifyVpcAttributeCommand({ VpcId: part.vpc, EnableDnsHostnames: { Value: true } }))
    case 'subnet':
      return ec2.send(
        new CreateSubnetCommand({
          VpcId: part.vpc,
          CidrBlock: part.range,
          AvailabilityZone: part.zone,
          TagSpecifications: networkTags('subnet', part.use, action),
        }),
      )
    case 'gateway':
      return makeGateway(ec2, part.vpc, action)
    case 'address':
      return ec2.send(
        new AllocateAddressCommand({
          Domain: 'vpc',
          TagSpecifications: networkTags('elastic-ip', 'address', action),
        }),
      )
    case 'nat':
      return ec2.send(
        new CreateNatGatewayCommand({
          SubnetId: part.subnet,
          AllocationId: part.address,
          ClientToken: `${part.subnet}-${part.address}`,
          TagSpecifications: networkTags('natgateway', 'nat', action),
        }),
      )
    case 'table':
      return ec2.send(
        new CreateRouteTableCommand({
          VpcId: part.vpc,
          TagSpecifications: networkTags('route-table', part.use, action),
        }),
      )
    case 'association':
      return ec2.send(new AssociateRouteTableCommand({ RouteTableId: part.table, SubnetId: part.subnet }))
    case 'route':
      return makeRoute(ec2, part.table, part.to)
    case 's3-endpoint':
      return makeS3Endpoint(ec2, part, action)
    case 'endpoint-group':
      return makeEndpointGroup(ec2, part, action)
    case 'endpoint':
      return makeEndpoint(ec2, part, action)
    default:
      return exhaustive(part)
  }
}
