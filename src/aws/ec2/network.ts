import { DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { Ec2 } from './ec2.ts'

/** The default VPC's subnet of a zone: fleets live there until networks can be chosen. */
export async function subnetOf(ec2: Ec2, zone: string): Promise<{ id: string; zone: string }> {
  const Filters = [
    { Name: 'availability-zone', Values: [zone] },
    { Name: 'default-for-az', Values: ['true'] },
  ]
  const answer = await ec2.send(new DescribeSubnetsCommand({ Filters }))
  const id = answer.Subnets?.[0]?.SubnetId
  if (id !== undefined) return { id, zone }
  throw new MusterError('CloudRefused', `zone ${zone} has no default subnet to launch in`, {
    suggestions: [`aws ec2 create-default-subnet --region ${ec2.settings.region} --availability-zone ${zone}`],
    data: { zone, region: ec2.settings.region },
  })
}

export async function defaultVpc(ec2: Ec2): Promise<string> {
  const Filters = [{ Name: 'is-default', Values: ['true'] }]
  const answer = await ec2.send(new DescribeVpcsCommand({ Filters }))
  const id = answer.Vpcs?.[0]?.VpcId
  if (id !== undefined) return id
  const { region } = ec2.settings
  throw new MusterError('CloudRefused', `region ${region} has no default VPC to launch in`, {
    suggestions: [`aws ec2 create-default-vpc --region ${region}`],
    data: { region },
  })
}
