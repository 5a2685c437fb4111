import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
} from '@aws-sdk/client-ec2'
import type { EndpointPart, NetworkPart } from '../../core/account/action.ts'
import { isAwsClass } from '../error-map.ts'
import { securityGroupsBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { networkTags } from './network-tags.ts'

const GROUP = 'muster-endpoints'

/** `com.amazonaws.us-east-1.ssm`: the names are the same in every region of the partition (AWS PrivateLink, "Services that integrate"). */
const serviceName = (ec2: Ec2, service: string) => `com.amazonaws.${ec2.settings.region}.${service}`

export async function makeS3Endpoint(
  ec2: Ec2,
  { vpc, table }: Extract<NetworkPart, { what: 's3-endpoint' }>,
  action: string,
): Promise<void> {
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcEndpointType: 'Gateway',
      VpcId: vpc,
      ServiceName: serviceName(ec2, 's3'),
      RouteTableIds: [table],
      ClientToken: `${table}-s3`,
      TagSpecifications: networkTags('vpc-endpoint', 's3', action),
    }),
  )
}

export async function makeEndpoint(ec2: Ec2, part: EndpointPart, action: string): Promise<void> {
  const { vpc, service, subnet, group } = part
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcEndpointType: 'Interface',
      VpcId: vpc,
      ServiceName: serviceName(ec2, service),
      SubnetIds: [subnet],
      SecurityGroupIds: [group],
      PrivateDnsEnabled: true,
      // The group is made anew whenever the endpoints are: the token of one that is gone would be refused.
      ClientToken: `${group}-${service}`,
      TagSpecifications: networkTags('vpc-endpoint', service, action),
    }),
  )
}

/** Nodes reach the endpoints at 443, and nobody else does; also mends one that a crash left closed. */
export async function makeEndpointGroup(
  ec2: Ec2,
  { vpc, range }: Extract<NetworkPart, { what: 'endpoint-group' }>,
  action: string,
): Promise<void> {
  const GroupId = await groupOf(ec2, vpc, action)
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: range }] }
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }))
}

async function groupOf(ec2: Ec2, vpc: string, action: string): Promise<string | undefined> {
  try {
    const made = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: GROUP,
        Description: 'muster: nodes reach the endpoints at 443',
        VpcId: vpc,
        TagSpecifications: networkTags('security-group', 'endpoint-group', action),
      }),
    )
    return made.GroupId
  } catch (error) {
    if (!isAwsClass(error, 'duplicate')) throw error
    const [found] = await securityGroupsBy(ec2, [
      { Name: 'group-name', Values: [GROUP] },
      { Name: 'vpc-id', Values: [vpc] },
    ])
    return found?.GroupId
  }
}
