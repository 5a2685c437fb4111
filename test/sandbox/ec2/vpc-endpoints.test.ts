import {
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refusal, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'

const SSM = 'com.amazonaws.us-east-1.ssm'
const S3 = 'com.amazonaws.us-east-1.s3'

let world: Ec2World
let clock: ManualClock
let vpc: string
let subnet: string

beforeEach(async () => {
  clock = manualClock()
  world = await startEc2({ clock, pace: { vpcEndpointMs: 60_000 } })
  const { Vpc } = await world.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
  vpc = Vpc?.VpcId ?? ''
  const { Subnet } = await world.ec2.send(
    new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1a' }),
  )
  subnet = Subnet?.SubnetId ?? ''
})

afterEach(() => world.close())

test('an endpoint of interfaces is pending, then available, and holds its subnet until it is gone', async () => {
  const { ec2 } = world
  const wanted = { VpcId: vpc, ServiceName: SSM, VpcEndpointType: 'Interface' as const, SubnetIds: [subnet] }
  expect(await refusal(ec2.send(new CreateVpcEndpointCommand(wanted)))).toMatchObject({
    code: 'InvalidParameter',
    message: `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc}`,
  })
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsHostnames: { Value: true } }))
  const tagged = { TagSpecifications: [{ ResourceType: 'vpc-endpoint' as const, Tags: [{ Key: 'a', Value: 'b' }] }] }
  const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand({ ...wanted, ...tagged, ClientToken: 'e' }))
  expect(VpcEndpoint).toMatchObject({ State: 'pending', PrivateDnsEnabled: true, Tags: [{ Key: 'a', Value: 'b' }] })
  const id = VpcEndpoint?.VpcEndpointId ?? ''
  const again = await ec2.send(new CreateVpcEndpointCommand({ ...wanted, ...tagged, ClientToken: 'e' }))
  expect(again.VpcEndpoint?.VpcEndpointId).toBe(id)
  expect((await refusal(ec2.send(new CreateVpcEndpointCommand(wanted)))).message).toBe(
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ssm.us-east-1.amazonaws.com in the VPC ${vpc}`,
  )
  await clock.forward(60_000)
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [vpc] }] }
  expect((await ec2.send(new DescribeVpcEndpointsCommand(ofVpc))).VpcEndpoints).toMatchObject([{ State: 'available' }])
  expect((await ec2.send(new DescribeNetworkInterfacesCommand(ofVpc))).NetworkInterfaces).toMatchObject([
    { InterfaceType: 'vpc_endpoint', SubnetId: subnet, Description: `VPC Endpoint Interface ${id}` },
  ])

  const unknown = 'vpce-0123456789abcdef0'
  const { Unsuccessful } = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id, unknown] }))
  expect(Unsuccessful).toMatchObject([{ ResourceId: unknown, Error: { Code: 'InvalidVpcEndpointId.NotFound' } }])
  expect((await refusal(ec2.send(new DeleteSubnetCommand({ SubnetId: subnet })))).code).toBe('DependencyViolation')
  await clock.forward(60_000)
  await ec2.send(new DeleteSubnetCommand({ SubnetId: subnet }))
  expect((await refusal(ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] })))).code).toBe(
    'InvalidVpcEndpointId.NotFound',
  )
})

test('a gateway endpoint is there at once, and puts a route to the prefix list into its tables', async () => {
  const { ec2 } = world
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc }))
  const table = RouteTable?.RouteTableId ?? ''
  const wanted = { VpcId: vpc, ServiceName: S3, RouteTableIds: [table] }
  const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(wanted))
  expect(VpcEndpoint).toMatchObject({ State: 'available', VpcEndpointType: 'Gateway' })
  const lists = await ec2.send(
    new DescribePrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values: [S3] }] }),
  )
  const list = lists.PrefixLists?.[0]?.PrefixListId
  const routesNow = async () =>
    (await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [table] }))).RouteTables?.[0]?.Routes
  expect(await routesNow()).toMatchObject([
    { GatewayId: 'local' },
    { DestinationPrefixListId: list, GatewayId: VpcEndpoint?.VpcEndpointId },
  ])
  expect(await refusal(ec2.send(new CreateVpcEndpointCommand(wanted)))).toMatchObject({
    code: 'RouteAlreadyExists',
    message: `route table ${table} already has a route with destination-prefix-list-id ${list}`,
  })
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpoint?.VpcEndpointId ?? ''] }))
  expect(await routesNow()).toHaveLength(1)
})

test('services are those that nodes need; another, or another type, is refused', async () => {
  const { ec2 } = world
  const { ServiceNames, ServiceDetails } = await ec2.send(
    new DescribeVpcEndpointServicesCommand({ Filters: [{ Name: 'service-type', Values: ['Gateway'] }] }),
  )
  expect(ServiceNames).toEqual([S3, 'com.amazonaws.us-east-1.dynamodb'])
  expect(ServiceDetails?.[0]?.AvailabilityZones).toContain('us-east-1a')
  const refused = async (ServiceName: string) =>
    (await refusal(ec2.send(new CreateVpcEndpointCommand({ VpcId: vpc, ServiceName })))).code
  expect(await refused('com.amazonaws.us-east-1.nothing')).toBe('InvalidServiceName')
  expect(await refused(SSM)).toBe('InvalidParameter')
})
