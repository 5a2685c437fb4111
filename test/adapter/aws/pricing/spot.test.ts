import { DescribeSpotPriceHistoryCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectPrices } from '../../../../src/aws/pricing/prices.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
beforeEach(() => ec2.reset())

const change = (AvailabilityZone: string, SpotPrice: string, day: string) => ({
  AvailabilityZone,
  SpotPrice,
  Timestamp: new Date(`${day}T01:02:03Z`),
})

it('is the newest of each zone, from all pages, asked for in the region that is meant', async () => {
  ec2
    .on(DescribeSpotPriceHistoryCommand)
    .resolvesOnce({
      SpotPriceHistory: [change('eu-west-1a', '1.25', '2026-11-22'), change('eu-west-1b', '1.5', '2026-11-20')],
      NextToken: 'more',
    })
    .resolves({
      SpotPriceHistory: [change('eu-west-1a', '0.9', '2026-11-01'), change('eu-west-1c', '0', '2026-11-01')],
    })
  const settings = mockSettings()
  expect(await connectPrices(settings).spot('c7gn.16xlarge', 'eu-west-1')).toEqual(
    new Map([
      ['eu-west-1a', { usdPerHour: 1.25, asOf: '2026-11-22' }],
      ['eu-west-1b', { usdPerHour: 1.5, asOf: '2026-11-20' }],
    ]),
  )
  const [call, next] = ec2.commandCalls(DescribeSpotPriceHistoryCommand)
  expect(call?.args[0].input).toMatchObject({
    InstanceTypes: ['c7gn.16xlarge'],
    ProductDescriptions: ['Linux/UNIX'],
    StartTime: new Date(settings.clock.now()),
  })
  expect(next?.args[0].input.NextToken).toBe('more')
  expect(await (call!.thisValue as EC2Client).config.region()).toBe('eu-west-1')
})

it('is none where the endpoint has no Spot, and an error where it may not be asked', async () => {
  ec2
    .on(DescribeSpotPriceHistoryCommand)
    .rejectsOnce(awsFailure('InvalidAction'))
    .rejects(awsFailure('UnauthorizedOperation'))
  const prices = connectPrices(mockSettings())
  expect(await prices.spot('c7gn.16xlarge', 'us-east-1')).toEqual(new Map())
  await expect(prices.spot('c7gn.16xlarge', 'us-east-1')).rejects.toMatchObject({ code: 'NotAllowed' })
})
