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
import { observeNetwork } from './network-observe.ts'
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
  if ((await poll(ec2.settings, SETTLE_MS, () => isShown(ec2, part))) !== null) return
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

/** Undefined while it is not: the next plan would make it again. */
async function isShown(ec2: Ec2, part: NetworkPart): Promise<true | undefined> {
  const seen = await observeNetwork(ec2)
  return shows(seen, part) ? true : undefined
}

function shows(seen: Awaited<ReturnType<typeof observeNetwork>>, part: NetworkPart): boolean {
  switch (part.what) {
    case 'vpc':
      return seen.vpcs.some((one) => one.range === part.range)
    case 'dns':
      return seen.vpcs.some((one) => one.id === part.vpc && one.dns)
    case 'subnet':
      return seen.subnets.some((one) => one.vpc === part.vpc && one.range === part.range)
    case 'gateway':
      return seen.gateways.some((one) => one.vpc === part.vpc)
    case 'address':
      return seen.addresses.length > 0
    case 'nat':
      return seen.nats.some((one) => one.vpc === part.vpc && one.state !== 'deleting')
    case 'table':
      return seen.tables.some((one) => one.vpc === part.vpc && one.use === part.use)
    case 'association':
      return seen.tables.some((one) => one.id === part.table && one.subnets.includes(part.subnet))
    case 'route':
      return seen.tables.some((one) => one.id === part.table && one.everywhere === part.to && !one.broken)
    case 's3-endpoint':
      return seen.endpoints.some((one) => one.vpc === part.vpc && one.service === 's3')
    case 'endpoint-group':
      return seen.groups.some((one) => one.vpc === part.vpc && one.open)
    case 'endpoint':
      return seen.endpoints.some((one) => one.vpc === part.vpc && one.service === part.service)
    default:
      return exhaustive(part)
  }
}
