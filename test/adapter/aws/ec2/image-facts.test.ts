import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const ssm = mockClient(SSMClient)
const image = { Name: 'al2023', Architecture: 'arm64', EnaSupport: true, RootDeviceName: '/dev/xvda' } as const

beforeEach(() => {
  ec2.reset()
  ssm.reset()
  ec2.on(DescribeImagesCommand).resolves({ Images: [image] })
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'ami-1' } })
})

it('are found through the parameter of that name', async () => {
  expect(await connectCompute(mockSettings()).imageFacts('/my/image')).toEqual({
    id: 'ami-1',
    name: 'al2023',
    architecture: 'arm64',
    ena: true,
    rootDeviceName: '/dev/xvda',
  })
  expect(ssm.commandCalls(GetParameterCommand)[0]?.args[0].input).toEqual({ Name: '/my/image' })
  expect(ec2.commandCalls(DescribeImagesCommand)[0]?.args[0].input).toEqual({ ImageIds: ['ami-1'] })
})

it('are those of an id, with nothing made up of what the cloud leaves out', async () => {
  ec2.on(DescribeImagesCommand).resolves({ Images: [{ Architecture: 'i386' }] })
  const facts = { id: 'ami-2', name: 'ami-2', architecture: null, ena: false, rootDeviceName: null }
  expect(await connectCompute(mockSettings()).imageFacts('ami-2')).toEqual(facts)
  expect(ssm.commandCalls(GetParameterCommand)).toEqual([])
})

it('are null of an image or a parameter that does not exist', async () => {
  const compute = connectCompute(mockSettings())
  ec2
    .on(DescribeImagesCommand)
    .rejectsOnce(awsFailure('InvalidAMIID.NotFound'))
    .rejectsOnce(awsFailure('InvalidAMIID.Malformed'))
    .resolves({})
  for (const id of ['ami-3', 'ami-x', 'ami-4']) expect(await compute.imageFacts(id)).toBeNull()
  ssm.on(GetParameterCommand).rejects(awsFailure('ParameterNotFound'))
  expect(await compute.imageFacts('/no/such')).toBeNull()
})
