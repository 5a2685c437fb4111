import { DescribeInstanceTypeOfferingsCommand, DescribeInstanceTypesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const need = { cores: 32, memoryMiB: 65_536, architecture: 'arm64', gpus: 0 } as const

function type(InstanceType: string, cores: number, memory: number, gpus = 0) {
  return {
    InstanceType: InstanceType as 'c7gn.16xlarge',
    ProcessorInfo: { SupportedArchitectures: ['arm64' as const] },
    VCpuInfo: { DefaultVCpus: cores, DefaultCores: cores },
    MemoryInfo: { SizeInMiB: memory },
    GpuInfo: { Gpus: gpus === 0 ? [] : [{ Count: gpus }] },
  }
}
const offered = (name: string, ...zones: string[]) =>
  zones.map((Location) => ({ InstanceType: name as 'c7gn.16xlarge', Location }))

beforeEach(() => ec2.reset())

it('asks for what AWS can filter, compares sizes itself, and leaves out what no zone sells', async () => {
  ec2
    .on(DescribeInstanceTypesCommand)
    .resolvesOnce({ InstanceTypes: [type('g5g.16xlarge', 64, 131_072, 2), type('big', 64, 131_072)], NextToken: 'n' })
    .resolves({ InstanceTypes: [type('fits', 32, 65_536), type('few', 16, 131_072), type('unsold', 64, 131_072)] })
  ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({
    InstanceTypeOfferings: [
      ...offered('g5g.16xlarge', 'us-east-1a'),
      ...offered('big', 'us-east-1b', 'us-east-1a'),
      ...offered('fits', 'us-east-1c'),
    ],
  })
  const found = await connectCompute(mockSettings()).typesFor(need)
  expect(found.map((one) => [one.instanceType, one.zones])).toEqual([
    ['fits', ['us-east-1c']],
    ['big', ['us-east-1a', 'us-east-1b']],
    ['g5g.16xlarge', ['us-east-1a']],
  ])
  const filters = ec2.commandCalls(DescribeInstanceTypesCommand).map((call) => call.args[0].input.Filters)
  expect(filters).toHaveLength(2)
  expect(filters[0]).toContainEqual({ Name: 'processor-info.supported-architecture', Values: ['arm64'] })
  const offerings = ec2.commandCalls(DescribeInstanceTypeOfferingsCommand).map((call) => call.args[0].input.Filters)
  // One call for all of them.
  expect(offerings).toEqual([
    [{ Name: 'instance-type', Values: expect.arrayContaining(['fits', 'big', 'unsold', 'g5g.16xlarge']) }],
  ])
})

it('asks for the whole list of offerings where there are more names than a filter takes, and for none without a type', async () => {
  const many = Array.from({ length: 201 }, (_, at) => type(`c${at}.large`, 64, 131_072))
  ec2.on(DescribeInstanceTypesCommand).resolvesOnce({ InstanceTypes: many }).resolves({ InstanceTypes: [] })
  ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({ InstanceTypeOfferings: offered('c7.large', 'us-east-1a') })
  const compute = connectCompute(mockSettings())
  expect(await compute.typesFor({ ...need, architecture: null })).toHaveLength(1)
  expect(await compute.typesFor(need)).toEqual([])
  const calls = ec2.commandCalls(DescribeInstanceTypeOfferingsCommand)
  expect(calls.map((call) => call.args[0].input.Filters)).toEqual([[]])
})
