import { CreateTagsCommand, DescribeInstancesCommand, EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const asked = () => ec2.commandCalls(TerminateInstancesCommand).map((call) => call.args[0].input.InstanceIds)

beforeEach(() => {
  ec2.reset()
  ec2.onAnyCommand().resolves({})
})

describe('terminating', () => {
  it('goes by the thousand', async () => {
    await connectCompute(mockSettings()).terminate(Array.from({ length: 2001 }, (_, n) => `i-${n}`))
    expect(asked().map((ids) => ids?.length)).toEqual([1000, 1000, 1])
  })

  it('drops ids that are gone and takes the others', async () => {
    ec2
      .on(TerminateInstancesCommand)
      .rejectsOnce(awsFailure('InvalidInstanceID.NotFound', "The instance ID 'i-bb' does not exist"))
      .resolves({})
    await connectCompute(mockSettings()).terminate(['i-aa', 'i-bb', 'i-cc'])
    expect(asked()).toEqual([
      ['i-aa', 'i-bb', 'i-cc'],
      ['i-aa', 'i-cc'],
    ])
  })

  it('asks what exists where the refusal names nobody, and ends when nobody is left', async () => {
    ec2.on(TerminateInstancesCommand).rejects(awsFailure('InvalidInstanceID.NotFound', 'some are gone'))
    ec2
      .on(DescribeInstancesCommand)
      .resolvesOnce({ Reservations: [{ Instances: [{ InstanceId: 'i-aa' }] }] })
      .resolves({})
    await connectCompute(mockSettings()).terminate(['i-aa', 'i-bb'])
    expect(asked()).toEqual([['i-aa', 'i-bb'], ['i-aa']])
  })

  it('does not hide a refusal', async () => {
    ec2.on(TerminateInstancesCommand).rejects(awsFailure('UnauthorizedOperation', 'no', 403))
    await expect(connectCompute(mockSettings()).terminate(['i-a'])).rejects.toMatchObject({ code: 'NotAllowed' })
  })

  it('writes stages as one tag, in their own order', async () => {
    await connectCompute(mockSettings()).markStages(['i-a', 'i-b'], new Set(['mounted', 'installed']))
    expect(ec2.commandCalls(CreateTagsCommand)[0]?.args[0].input).toEqual({
      Resources: ['i-a', 'i-b'],
      Tags: [{ Key: 'muster:stage', Value: 'installed,mounted' }],
    })
  })
})
