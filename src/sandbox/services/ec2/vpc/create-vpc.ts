import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { missingParameter, notImplemented } from '../errors.ts'
import { flag, text } from '../input/leaves.ts'
import { unimplemented } from '../input/shape.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import { vpcOnWire } from '../render/vpc.ts'
import { addDefaultVpc, addVpc } from '../state/add-vpc.ts'
import { cidrText } from '../state/cidr.ts'
import type { Vpc } from '../state/network.ts'
import { newId, resource } from '../state/resource.ts'
import { mostOf } from './quota.ts'
import { limitExceeded, readRange } from './refusals.ts'

const parameters = {
  AmazonProvidedIpv6CidrBlock: flag,
  CidrBlock: text,
  InstanceTenancy: text,
  Ipv4IpamPoolId: unimplemented,
  Ipv4NetmaskLength: unimplemented,
  Ipv6CidrBlock: unimplemented,
  Ipv6CidrBlockNetworkBorderGroup: unimplemented,
  Ipv6IpamPoolId: unimplemented,
  Ipv6NetmaskLength: unimplemented,
  Ipv6Pool: unimplemented,
  TagSpecification: tagSpecifications,
  VpcEncryptionControl: unimplemented,
}

/** Makes a network with its main route table, default security group and default network ACL, and nothing else. */
export const createVpc = operation({
  name: 'CreateVpc',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    if (input.CidrBlock === undefined) throw missingParameter('cidrBlock')
    if (input.AmazonProvidedIpv6CidrBlock === true) throw notImplemented('IPv6 addresses')
    if (input.InstanceTenancy === 'dedicated') throw notImplemented("the tenancy 'dedicated'")
    const range = readRange(input.CidrBlock, 'InvalidVpc.Range')
    refuseTooMany(context)
    const vpc: Vpc = {
      ...resource('vpc', newId('vpc-'), now, tagsFor(input.TagSpecification, 'vpc')),
      cidrBlock: cidrText(range),
      isDefault: false,
      dnsSupport: true,
      dnsHostnames: false,
    }
    addVpc(region, vpc, now)
    return { vpc: { ...vpcOnWire(vpc, context, 'current'), state: 'pending' } }
  },
})

/** Makes the default network again for a region whose owner deleted it. */
export const createDefaultVpc = operation({
  name: 'CreateDefaultVpc',
  input: {},
  handle(_input, context) {
    const { region, now } = context
    if ([...region.vpcs.values()].some((vpc) => vpc.isDefault))
      throw new AwsError('DefaultVpcAlreadyExists', 'A Default VPC already exists for this account in this region.')
    refuseTooMany(context)
    const vpc = addDefaultVpc(region, now)
    return { vpc: { ...vpcOnWire(vpc, context, 'current'), state: 'pending' } }
  },
})

function refuseTooMany(context: Ec2Call): void {
  if (context.region.vpcs.size >= mostOf('vpcs', context)) throw limitExceeded('VpcLimitExceeded', 'VPCs')
}
