import { CreateFleetCommand, DescribeInstancesCommand, EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { zonesNamedIn } from '../../../../src/aws/ec2/refusal.ts'
import type { LaunchRequest } from '../../../../src/ports/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const request: LaunchRequest = {
  fleet: 'f',
  cohort: 'c0x2',
  action: 'act',
  token: 'token-1',
  templateId: 'lt-1',
  templateVersion: 3,
  instanceType: 'hpc7g.16xlarge',
  zone: 'us-east-1a',
  subnetId: 'subnet-1',
  count: 2,
  placementGroup: 'muster-f',
  purchase: 'on-demand',
  reservation: null,
}
const shown = (...ids: string[]) => ({ Reservations: [{ Instances: ids.map((InstanceId) => ({ InstanceId })) }] })
const refused = (ErrorCode: string, ErrorMessage: string) => ({ Instances: [], Errors: [{ ErrorCode, ErrorMessage }] })
const inputs = () => ec2.commandCalls(CreateFleetCommand).map((call) => call.args[0].input)

beforeEach(() => {
  ec2.reset()
  ec2.on(CreateFleetCommand).resolves({ Instances: [{ InstanceIds: ['i-1', 'i-2'] }] })
  ec2.on(DescribeInstancesCommand).resolves(shown('i-1', 'i-2'))
  ec2.on(TerminateInstancesCommand).resolves({})
})

describe('launching a cohort', () => {
  it('asks for all or nothing of one type in one zone', async () => {
    expect(await connectCompute(mockSettings()).launchCohort(request)).toEqual(['i-1', 'i-2'])
    const tags = [
      { Key: 'Name', Value: 'muster-f' },
      { Key: 'muster:fleet', Value: 'f' },
      { Key: 'muster:action', Value: 'act' },
      { Key: 'muster:cohort', Value: 'c0x2' },
    ]
    expect(inputs()).toEqual([
      {
        Type: 'instant',
        ClientToken: 'token-1',
        LaunchTemplateConfigs: [
          {
            LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '3' },
            Overrides: [{ InstanceType: 'hpc7g.16xlarge', SubnetId: 'subnet-1', Placement: { GroupName: 'muster-f' } }],
          },
        ],
        TargetCapacitySpecification: { TotalTargetCapacity: 2, DefaultTargetCapacityType: 'on-demand' },
        OnDemandOptions: {
          AllocationStrategy: 'lowest-price',
          SingleInstanceType: true,
          SingleAvailabilityZone: true,
          MinTargetCapacity: 2,
        },
        TagSpecifications: [
          { ResourceType: 'fleet', Tags: tags },
          { ResourceType: 'instance', Tags: tags },
        ],
      },
    ])
  })

  it('returns once AWS shows the nodes', async () => {
    ec2.on(DescribeInstancesCommand).resolvesOnce({}).resolvesOnce(shown('i-1')).resolves(shown('i-1', 'i-2'))
    await connectCompute(mockSettings()).launchCohort(request)
    expect(ec2.commandCalls(DescribeInstancesCommand)).toHaveLength(3)
  })

  it('reads a shortage out of an answer that says 200, with the zones that AWS names', async () => {
    const words =
      'We currently do not have sufficient hpc7g.16xlarge capacity in the Availability Zone you requested (us-east-1a). ' +
      'You can currently get hpc7g.16xlarge capacity by not specifying an Availability Zone in your request or choosing us-east-1b, us-east-1c.'
    ec2.on(CreateFleetCommand).resolves(refused('InsufficientInstanceCapacity', words))
    await expect(connectCompute(mockSettings()).launchCohort(request)).rejects.toMatchObject({
      code: 'CapacityShortage',
      message: expect.stringContaining('We currently do not have sufficient'),
      data: {
        zone: 'us-east-1a',
        instanceType: 'hpc7g.16xlarge',
        awsCode: 'InsufficientInstanceCapacity',
        purchase: 'on-demand',
        zones: ['us-east-1b', 'us-east-1c'],
      },
    })
    expect(inputs()).toHaveLength(1)
  })

  it.each([
    ['UnfulfillableCapacity', 'CapacityShortage'],
    ['SpotMaxPriceTooLow', 'CapacityShortage'],
    ['ReservationCapacityExceeded', 'CapacityShortage'],
    ['InvalidCapacityReservationState.PendingActivation', 'CapacityShortage'],
    ['InsufficientFreeAddressesInSubnet', 'CapacityShortage'],
    ['VcpuLimitExceeded', 'QuotaExceeded'],
    ['MaxSpotInstanceCountExceeded', 'QuotaExceeded'],
    ['UnauthorizedOperation', 'NotAllowed'],
    ['AuthFailure.ServiceLinkedRoleCreationNotPermitted', 'NotAllowed'],
    ['InvalidParameterValue', 'CloudRefused'],
  ])('turns %s in the answer into %s', async (awsCode, code) => {
    ec2.on(CreateFleetCommand).resolves(refused(awsCode, 'words'))
    await expect(connectCompute(mockSettings()).launchCohort(request)).rejects.toMatchObject({
      code,
      data: { awsCode },
    })
  })

  it('reads the same out of a refusal that AWS throws', async () => {
    ec2
      .on(CreateFleetCommand)
      .rejects(awsFailure('InsufficientInstanceCapacity', 'no room in us-east-1a; try us-east-1d'))
    await expect(connectCompute(mockSettings()).launchCohort(request)).rejects.toMatchObject({
      code: 'CapacityShortage',
      data: { awsCode: 'InsufficientInstanceCapacity', zone: 'us-east-1a', zones: ['us-east-1d'] },
    })
  })

  it('names the reason that no other zone would heal, and none that only points at others', async () => {
    const Errors = [
      {
        ErrorCode: 'UnfulfillableCapacity',
        ErrorMessage: 'Failed to fulfill capacity. Please review errors in the response.',
      },
      { ErrorCode: 'InsufficientInstanceCapacity', ErrorMessage: 'no room' },
      { ErrorCode: 'VcpuLimitExceeded', ErrorMessage: 'too many' },
    ]
    ec2
      .on(CreateFleetCommand)
      .resolvesOnce({ Instances: [], Errors })
      .resolves({ Errors: Errors.slice(0, 2) })
    const compute = connectCompute(mockSettings())
    await expect(compute.launchCohort(request)).rejects.toMatchObject({ code: 'QuotaExceeded' })
    await expect(compute.launchCohort(request)).rejects.toMatchObject({
      data: { awsCode: 'InsufficientInstanceCapacity' },
    })
  })

  it('terminates a cohort that came up short', async () => {
    ec2.on(CreateFleetCommand).resolves({ Instances: [{ InstanceIds: ['i-1'] }] })
    await expect(connectCompute(mockSettings()).launchCohort(request)).rejects.toMatchObject({
      code: 'PartialCohort',
      data: { wanted: 2, launched: ['i-1'] },
    })
    expect(ec2.commandCalls(TerminateInstancesCommand)[0]?.args[0].input).toEqual({ InstanceIds: ['i-1'] })
  })

  it('tries again, with a token of its own, while the new template is not known yet', async () => {
    ec2
      .on(CreateFleetCommand)
      .resolvesOnce(refused('InvalidLaunchTemplateId.NotFound', 'not yet'))
      .resolvesOnce(
        refused(
          'InvalidParameterValue',
          'Value (muster-node) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
        ),
      )
      .rejectsOnce(awsFailure('InvalidGroup.NotFound'))
      .resolves({ Instances: [{ InstanceIds: ['i-1', 'i-2'] }] })
    expect(await connectCompute(mockSettings()).launchCohort(request)).toEqual(['i-1', 'i-2'])
    expect(inputs().map((input) => input.ClientToken)).toEqual(['token-1', 'token-1-r1', 'token-1-r2', 'token-1-r3'])
  })

  it('names what makes the instance profile where it stays unknown', async () => {
    const words =
      'Value (muster-node) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name'
    ec2.on(CreateFleetCommand).resolves(refused('InvalidParameterValue', words))
    await expect(connectCompute(mockSettings()).launchCohort(request)).rejects.toMatchObject({
      message: expect.stringContaining('Invalid IAM Instance Profile name'),
      suggestions: ['muster setup', 'muster doctor'],
    })
  })

  it('keeps the token within what AWS takes', async () => {
    ec2
      .on(CreateFleetCommand)
      .rejectsOnce(awsFailure('InvalidGroup.NotFound'))
      .resolves({ Instances: [{ InstanceIds: ['i-1', 'i-2'] }] })
    await connectCompute(mockSettings()).launchCohort({ ...request, token: 'x'.repeat(64), placementGroup: null })
    expect(inputs().map((input) => input.ClientToken?.length)).toEqual([64, 61])
    expect(inputs()[0]?.LaunchTemplateConfigs?.[0]?.Overrides?.[0]).not.toHaveProperty('Placement')
  })

  it('finds only zones of the region in words', () => {
    expect(zonesNamedIn('choosing us-gov-west-1b or eu-west-1a.', 'us-gov-west-1', 'us-gov-west-1a')).toEqual([
      'us-gov-west-1b',
    ])
  })
})
