import { DescribeInstanceTypeOfferingsCommand, DescribeInstanceTypesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const card = (MaximumNetworkInterfaces: number) => [{ index: 0, maxInterfaces: MaximumNetworkInterfaces, kinds: null }]
beforeEach(() => ec2.reset())

describe('facts over EC2', () => {
  it('come from the type and its offerings by zone', async () => {
    ec2.on(DescribeInstanceTypesCommand, { InstanceTypes: ['p5.48xlarge'] }).resolves({
      InstanceTypes: [
        {
          ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
          VCpuInfo: { DefaultVCpus: 192, DefaultCores: 96, DefaultThreadsPerCore: 2 },
          MemoryInfo: { SizeInMiB: 2_097_152 },
          GpuInfo: { Gpus: [{ Count: 8 }] },
          NetworkInfo: {
            EfaSupported: true,
            EfaInfo: { MaximumEfaInterfaces: 32 },
            EnaSupport: 'required',
            NetworkCards: [
              { NetworkCardIndex: 0, MaximumNetworkInterfaces: 2 },
              { NetworkCardIndex: 1, MaximumNetworkInterfaces: 4, InterfaceTypes: ['secondary', 'efa-only'] },
            ],
          },
          PlacementGroupInfo: { SupportedStrategies: ['spread', 'cluster'] },
          SupportedUsageClasses: ['capacity-block', 'on-demand', 'spot'],
        },
      ],
    })
    ec2.on(DescribeInstanceTypeOfferingsCommand, { LocationType: 'availability-zone' }).resolves({
      InstanceTypeOfferings: [
        { InstanceType: 'p5.48xlarge', Location: 'us-east-1c' },
        { InstanceType: 'p5.48xlarge', Location: 'us-east-1a' },
      ],
    })
    expect(await connectCompute(mockSettings()).facts('p5.48xlarge')).toEqual({
      instanceType: 'p5.48xlarge',
      architecture: 'x86_64',
      cores: 96,
      vcpus: 192,
      memoryMiB: 2_097_152,
      gpus: 8,
      efaInterfaces: 32,
      networkCards: [
        { index: 0, maxInterfaces: 2, kinds: null },
        { index: 1, maxInterfaces: 4, kinds: ['efa-only'] },
      ],
      placements: ['cluster', 'spread'],
      purchases: ['on-demand', 'spot', 'capacity-block'],
      ena: 'required',
      zones: ['us-east-1a', 'us-east-1c'],
    })
  })

  it('have one card where AWS lists none, and EFA only where AWS says so', async () => {
    ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({})
    ec2
      .on(DescribeInstanceTypesCommand)
      .resolvesOnce({ InstanceTypes: [{ NetworkInfo: { MaximumNetworkInterfaces: 3 } }] })
      .resolvesOnce({ InstanceTypes: [{ NetworkInfo: { EfaSupported: true, MaximumNetworkInterfaces: 4 } }] })
    const compute = connectCompute(mockSettings())
    expect(await compute.facts('t3.small')).toMatchObject({ efaInterfaces: 0, networkCards: card(3) })
    expect(await compute.facts('hpc7g.4xlarge')).toMatchObject({ efaInterfaces: 1, networkCards: card(4) })
  })

  it('name the nearest types where there is none', async () => {
    ec2.on(DescribeInstanceTypesCommand).rejects(awsFailure('InvalidInstanceType'))
    ec2.on(DescribeInstanceTypeOfferingsCommand, { LocationType: 'availability-zone' }).resolves({})
    ec2
      .on(DescribeInstanceTypeOfferingsCommand, { LocationType: 'region' })
      .resolvesOnce({ InstanceTypeOfferings: [{ InstanceType: 'hpc7g.4xlarge' }], NextToken: 'more' })
      .resolvesOnce({ InstanceTypeOfferings: [{ InstanceType: 'hpc7g.16xlarge' }, { InstanceType: 't3.micro' }] })
    await expect(connectCompute(mockSettings()).facts('hpc7g.16xlage')).rejects.toMatchObject({
      code: 'InstanceTypeUnknown',
      data: { nearest: ['hpc7g.16xlarge', 'hpc7g.4xlarge'] },
      suggestions: ['use the type hpc7g.16xlarge'],
    })
  })

  it('do not take a throttled question for an unknown type', async () => {
    ec2.on(DescribeInstanceTypesCommand).rejects(awsFailure('RequestLimitExceeded', 'slow', 503))
    ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({})
    await expect(connectCompute(mockSettings()).facts('t3.micro')).rejects.toMatchObject({ code: 'Throttled' })
  })
})
