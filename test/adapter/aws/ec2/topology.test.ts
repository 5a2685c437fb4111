import { DescribeInstanceTopologyCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
beforeEach(() => ec2.reset())

const ids = (count: number) => Array.from({ length: count }, (_, at) => `i-${at}`)

it('is asked for a hundred nodes at a time, a second apart, and is the path of each from the top', async () => {
  ec2.on(DescribeInstanceTopologyCommand).callsFake(({ InstanceIds = [] }: { InstanceIds?: string[] }) => ({
    Instances: InstanceIds.map((InstanceId) => ({ InstanceId, NetworkNodes: ['nn-1', 'nn-2', `nn-of-${InstanceId}`] })),
  }))
  const settings = mockSettings()
  const began = settings.clock.now()
  const found = await connectCompute(settings).topology(ids(250))
  expect(found.size).toBe(250)
  expect(found.get('i-249')).toEqual(['nn-1', 'nn-2', 'nn-of-i-249'])
  const sizes = ec2.commandCalls(DescribeInstanceTopologyCommand).map((call) => call.args[0].input.InstanceIds?.length)
  expect(sizes).toEqual([100, 100, 50])
  expect(settings.clock.now() - began).toBe(2000)
})

it('leaves out nodes of which nothing is known, and costs nothing without nodes', async () => {
  ec2.on(DescribeInstanceTopologyCommand).resolves({
    Instances: [
      { InstanceId: 'i-0', NetworkNodes: ['nn-1'] },
      { InstanceId: 'i-1', NetworkNodes: [] },
      { InstanceId: 'i-2' },
    ],
  })
  expect(await connectCompute(mockSettings()).topology(ids(3))).toEqual(new Map([['i-0', ['nn-1']]]))
  expect(await connectCompute(mockSettings()).topology([])).toEqual(new Map())
  expect(ec2.commandCalls(DescribeInstanceTopologyCommand)).toHaveLength(1)
})

it.each(['InvalidAction', 'UnsupportedOperation', 'NotImplemented'])(
  'is empty where there is none: %s',
  async (name) => {
    ec2.on(DescribeInstanceTopologyCommand).rejects(awsFailure(name))
    expect(await connectCompute(mockSettings()).topology(ids(200))).toEqual(new Map())
    expect(ec2.commandCalls(DescribeInstanceTopologyCommand)).toHaveLength(1)
  },
)
