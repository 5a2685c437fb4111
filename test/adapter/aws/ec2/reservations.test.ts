import { DescribeCapacityReservationsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, expect, it } from 'vitest'
import { connectCompute } from '../../../../src/aws/ec2/compute.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
beforeEach(() => ec2.reset())

const plain = { InstanceType: 'hpc7g.16xlarge', InstancePlatform: 'Linux/UNIX', Tenancy: 'default' } as const

it('are those that can be used now or later, of all pages, in our words', async () => {
  ec2
    .on(DescribeCapacityReservationsCommand)
    .resolvesOnce({
      CapacityReservations: [
        {
          ...plain,
          CapacityReservationId: 'cr-1',
          AvailabilityZone: 'us-east-1a',
          TotalInstanceCount: 8,
          AvailableInstanceCount: 3,
          InstanceMatchCriteria: 'targeted',
          State: 'active',
          PlacementGroupArn: 'arn:aws:ec2:us-east-1:123456789012:placement-group/close',
        },
        { ...plain, CapacityReservationId: 'cr-gone', State: 'cancelled' },
        { ...plain, CapacityReservationId: 'cr-win', InstancePlatform: 'Windows', State: 'active' },
        { ...plain, CapacityReservationId: 'cr-own', Tenancy: 'dedicated', State: 'active' },
      ],
      NextToken: 'more',
    })
    .resolves({
      CapacityReservations: [
        {
          ...plain,
          CapacityReservationId: 'cr-2',
          InstanceType: 'p5.48xlarge',
          ReservationType: 'capacity-block',
          AvailabilityZone: 'us-east-1b',
          TotalInstanceCount: 4,
          AvailableInstanceCount: 0,
          State: 'scheduled',
          StartDate: new Date(1000),
          EndDate: new Date(2000),
        },
      ],
    })
  expect(await connectCompute(mockSettings()).reservations()).toEqual([
    {
      id: 'cr-1',
      kind: 'reservation',
      instanceType: 'hpc7g.16xlarge',
      zone: 'us-east-1a',
      total: 8,
      available: 3,
      match: 'targeted',
      state: 'active',
      startsAt: null,
      endsAt: null,
      placementGroup: 'close',
    },
    {
      id: 'cr-2',
      kind: 'capacity-block',
      instanceType: 'p5.48xlarge',
      zone: 'us-east-1b',
      total: 4,
      available: 0,
      match: 'open',
      state: 'scheduled',
      startsAt: 1000,
      endsAt: 2000,
      placementGroup: null,
    },
  ])
})

it.each(['InvalidAction', 'NotImplemented', 'UnsupportedOperation'])(
  'are none where the endpoint has none: %s',
  async (name) => {
    ec2.on(DescribeCapacityReservationsCommand).rejects(awsFailure(name))
    expect(await connectCompute(mockSettings()).reservations()).toEqual([])
  },
)

it('are an error where they may not be asked for', async () => {
  ec2.on(DescribeCapacityReservationsCommand).rejects(awsFailure('UnauthorizedOperation'))
  await expect(connectCompute(mockSettings()).reservations()).rejects.toMatchObject({ code: 'NotAllowed' })
})
