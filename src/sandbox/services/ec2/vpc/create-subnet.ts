import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, invalidValue, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required, unimplemented } from '../input/shape.ts'
import { tagsFor, tagSpecifications } from '../input/tags.ts'
import { subnetOnWire } from '../render/subnet.ts'
import { cidrText, contains, overlaps, parseCidr } from '../state/cidr.ts'
import type { Cidr } from '../state/cidr.ts'
import { subnetOf } from '../state/network.ts'
import type { Vpc } from '../state/network.ts'
import type { Zone } from '../state/zones.ts'
import { mostOf } from './quota.ts'
import { limitExceeded, readRange } from './refusals.ts'

const parameters = {
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  CidrBlock: text,
  Ipv4IpamPoolId: unimplemented,
  Ipv4NetmaskLength: unimplemented,
  Ipv6CidrBlock: unimplemented,
  Ipv6IpamPoolId: unimplemented,
  Ipv6Native: unimplemented,
  Ipv6NetmaskLength: unimplemented,
  OutpostArn: unimplemented,
  TagSpecification: tagSpecifications,
  VpcId: required(text),
}

/** Makes a subnet in a part of the network's range that no other has. Its launches get no public address. */
export const createSubnet = operation({
  name: 'CreateSubnet',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const [vpc] = findAll('vpc', [input.VpcId], (id) => region.vpcs.get(id))
    if (input.CidrBlock === undefined) throw missingParameter('cidrBlock')
    const zone = chooseZone(input.AvailabilityZone, input.AvailabilityZoneId, context)
    const range = readRange(input.CidrBlock, 'InvalidSubnet.Range')
    if (vpc !== undefined) refuseRange(range, vpc, context)
    const tags = tagsFor(input.TagSpecification, 'subnet')
    const subnet = subnetOf({ vpcId: input.VpcId, zone, cidrBlock: cidrText(range) }, now, tags)
    region.subnets.set(subnet.id, subnet)
    return { subnet: subnetOnWire(subnet, context, 'current') }
  },
})

/** Without a zone EC2 chooses one: here the first. */
function chooseZone(name: string | undefined, id: string | undefined, { region }: Ec2Call): Zone {
  if (name !== undefined && id !== undefined)
    throw invalidCombination(
      "The parameter 'availabilityZone' may not be used in combination with 'availabilityZoneId'",
    )
  const [first] = region.zones
  const zone = (name ?? id) === undefined ? first : region.zones.find((one) => one.name === name || one.id === id)
  if (zone === undefined)
    throw invalidValue(
      `Value (${name ?? id ?? ''}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${region.zones.map((one) => one.name).join(', ')}.`,
    )
  return zone
}

function refuseRange(range: Cidr, vpc: Vpc, context: Ec2Call): void {
  const whole = parseCidr(vpc.cidrBlock)
  if (whole === undefined || !contains(whole, range))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${cidrText(range)}' is invalid.`)
  const others = [...context.region.subnets.values()].filter((subnet) => subnet.vpcId === vpc.id)
  const isTaken = others.some((subnet) => {
    const other = parseCidr(subnet.cidrBlock)
    return other !== undefined && overlaps(other, range)
  })
  if (isTaken)
    throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${cidrText(range)}' conflicts with another subnet`)
  if (others.length >= mostOf('subnetsOfVpc', context)) throw limitExceeded('SubnetLimitExceeded', 'subnets')
}
