import {
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DetachInternetGatewayCommand,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2'
import type { NetworkRemoval } from '../../core/account/action.ts'
import { exhaustive } from '../../kit/exhaustive.ts'
import { classOfCode } from '../error-codes.ts'
import { awsError, isAwsClass } from '../error-map.ts'
import type { Ec2 } from './ec2.ts'

/** Removes a part of the network; what is gone succeeds silently. Throws FleetBusy while something holds it. */
export async function removePart(ec2: Ec2, part: NetworkRemoval): Promise<void> {
  try {
    await removeOnce(ec2, part)
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}

async function removeOnce(ec2: Ec2, part: NetworkRemoval): Promise<unknown> {
  const { id } = part
  switch (part.what) {
    case 'vpc':
      return ec2.send(new DeleteVpcCommand({ VpcId: id }))
    case 'subnet':
      return ec2.send(new DeleteSubnetCommand({ SubnetId: id }))
    case 'gateway':
      if (part.vpc !== null) await detach(ec2, id, part.vpc)
      return ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }))
    case 'address':
      return ec2.send(new ReleaseAddressCommand({ AllocationId: id }))
    case 'nat':
      return ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }))
    case 'table':
      return ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }))
    case 'route':
      return ec2.send(new DeleteRouteCommand({ RouteTableId: id, DestinationCidrBlock: '0.0.0.0/0' }))
    case 'endpoint':
      return deleteEndpoint(ec2, id)
    case 'endpoint-group':
      return ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }))
    default:
      return exhaustive(part)
  }
}

/** Detached already: a crash came between the two calls. */
async function detach(ec2: Ec2, InternetGatewayId: string, VpcId: string): Promise<void> {
  try {
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }))
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}

/** AWS answers 200 also when it refuses: why is in the answer. */
async function deleteEndpoint(ec2: Ec2, id: string): Promise<void> {
  const { Unsuccessful: refused = [] } = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }))
  const [error] = refused
  if (error?.Error?.Code === undefined) return
  const { Code: code, Message: message = '' } = error.Error
  const call = ec2.context('DeleteVpcEndpoints')
  throw awsError(classOfCode(code), { code, message, address: `ec2.${ec2.settings.region}` }, call)
}
