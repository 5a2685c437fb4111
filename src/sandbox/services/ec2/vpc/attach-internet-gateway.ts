import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { invalidValue } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import type { InternetGateway } from '../state/gateways.ts'

const parameters = { InternetGatewayId: required(text), VpcId: required(text) }

/** A network has one internet gateway at most, and a gateway one network. */
export const attachInternetGateway = operation({
  name: 'AttachInternetGateway',
  input: parameters,
  handle({ InternetGatewayId: id, VpcId: vpcId }, context) {
    const gateway = gatewayOf(id, vpcId, context)
    if (gateway.vpcId !== null)
      throw new AwsError('Resource.AlreadyAssociated', `resource ${id} is already attached to network ${gateway.vpcId}`)
    if ([...context.region.internetGateways.values()].some((other) => other.vpcId === vpcId))
      throw invalidValue(`Network ${vpcId} already has an internet gateway attached`)
    gateway.vpcId = vpcId
    return { return: true }
  },
})

/** Routes to the gateway stay, as black holes; public addresses in the network must have gone. */
export const detachInternetGateway = operation({
  name: 'DetachInternetGateway',
  input: parameters,
  handle({ InternetGatewayId: id, VpcId: vpcId }, context) {
    const gateway = gatewayOf(id, vpcId, context)
    if (gateway.vpcId !== vpcId)
      throw new AwsError('Gateway.NotAttached', `resource ${id} is not attached to network ${vpcId}`)
    if (hasPublicAddresses(vpcId, context))
      throw new AwsError(
        'DependencyViolation',
        `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      )
    gateway.vpcId = null
    return { return: true }
  },
})

function gatewayOf(id: string, vpcId: string, { region }: Ec2Call): InternetGateway {
  const [gateway] = findAll('internet-gateway', [id], (key) => region.internetGateways.get(key))
  findAll('vpc', [vpcId], (key) => region.vpcs.get(key))
  if (gateway === undefined) throw new Error(`there is no gateway ${id}`)
  return gateway
}

function hasPublicAddresses(vpcId: string, { region }: Ec2Call): boolean {
  return [...region.addresses.values()].some(
    ({ association }) => association !== null && region.interfaces.get(association.interfaceId)?.vpcId === vpcId,
  )
}
