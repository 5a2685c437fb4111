import {
  CreateLaunchTemplateCommand,
  CreatePlacementGroupCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DeleteLaunchTemplateCommand,
  DeletePlacementGroupCommand,
  DeleteSecurityGroupCommand,
  DeleteVpcCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  type ResourceType,
} from '@aws-sdk/client-ec2'
import { isAwsClass } from '../error-map.ts'
import type { AwsSettings } from '../settings.ts'
import { TAG, tagList } from '../tags.ts'
import { connectEc2, type Ec2 } from './ec2.ts'

/** A name that nothing has. */
const NAME = 'muster-doctor'

const tagged = (resource: ResourceType, key: string) => [{ ResourceType: resource, Tags: tagList({ [key]: NAME }) }]

/** That it cannot be removed says nothing of the right to make it. */
const gone = (removal: Promise<unknown>): Promise<unknown> => removal.catch(() => null)

/**
 * Calls that need nothing to exist, as muster would tag them: AWS judges the right and then does nothing (EC2 API reference, DryRun).
 * Other endpoints may not know DryRun (moto makes the VPC): what they made goes at once.
 */
const REHEARSALS: Readonly<Record<string, (ec2: Ec2) => Promise<unknown>>> = {
  'ec2:DescribeInstances': (ec2) => ec2.send(new DescribeInstancesCommand({ DryRun: true })),
  'ec2:DescribeSubnets': (ec2) => ec2.send(new DescribeSubnetsCommand({ DryRun: true })),
  'ec2:CreatePlacementGroup': (ec2) =>
    ec2
      .send(
        new CreatePlacementGroupCommand({
          DryRun: true,
          GroupName: NAME,
          Strategy: 'cluster',
          TagSpecifications: tagged('placement-group', TAG.fleet),
        }),
      )
      .then(() => gone(ec2.send(new DeletePlacementGroupCommand({ GroupName: NAME })))),
  'ec2:CreateSecurityGroup': (ec2) =>
    ec2
      .send(
        new CreateSecurityGroupCommand({
          DryRun: true,
          GroupName: NAME,
          Description: NAME,
          TagSpecifications: tagged('security-group', TAG.fleet),
        }),
      )
      .then(({ GroupId }) => gone(ec2.send(new DeleteSecurityGroupCommand({ GroupId })))),
  'ec2:CreateLaunchTemplate': (ec2) =>
    ec2
      .send(
        new CreateLaunchTemplateCommand({
          DryRun: true,
          LaunchTemplateName: NAME,
          LaunchTemplateData: { InstanceType: 't3.micro' },
          TagSpecifications: tagged('launch-template', TAG.fleet),
        }),
      )
      .then(() => gone(ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: NAME })))),
  'ec2:CreateVpc': (ec2) =>
    ec2
      .send(
        new CreateVpcCommand({
          DryRun: true,
          CidrBlock: '10.255.0.0/16',
          TagSpecifications: tagged('vpc', TAG.network),
        }),
      )
      .then(({ Vpc }) => gone(ec2.send(new DeleteVpcCommand({ VpcId: Vpc?.VpcId })))),
}

/** Those of the actions that AWS refuses to rehearse; null where it refuses none: most actions cannot be rehearsed. */
export async function deniedByDryRun(settings: AwsSettings, actions: readonly string[]): Promise<string[] | null> {
  const ec2 = connectEc2(settings)
  const tried = await Promise.all(
    actions.map(async (action) => {
      const rehearsal = REHEARSALS[action]
      if (rehearsal === undefined) return []
      // Any other refusal (DryRunOperation first of all) means that the right is there.
      const denied = await rehearsal(ec2).then(
        () => false,
        (error: unknown) => isAwsClass(error, 'not-allowed'),
      )
      return denied ? [action] : []
    }),
  )
  const denied = tried.flat()
  return denied.length > 0 ? denied.toSorted() : null
}
