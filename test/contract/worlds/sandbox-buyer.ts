import {
  CreateCapacityReservationCommand,
  DescribeCapacityBlockOfferingsCommand,
  EC2Client,
  PurchaseCapacityBlockCommand,
} from '@aws-sdk/client-ec2'
import type { startTestSandbox } from '../../sandbox/harness.ts'
import type { ContractWorld } from './world.ts'

/** Buys capacity as its owner does: muster itself never does. */
export function buyer({
  region,
  endpoint,
  credentials,
}: Awaited<ReturnType<typeof startTestSandbox>>): Pick<ContractWorld, 'reserve' | 'buyBlock'> {
  const ec2 = new EC2Client({ region, endpoint, credentials })
  const InstancePlatform = 'Linux/UNIX'
  return {
    async reserve({ instanceType, zone, count, match }) {
      const made = await ec2.send(
        new CreateCapacityReservationCommand({
          InstanceType: instanceType,
          InstancePlatform,
          AvailabilityZone: zone,
          InstanceCount: count,
          InstanceMatchCriteria: match,
        }),
      )
      return made.CapacityReservation?.CapacityReservationId ?? ''
    },
    async buyBlock({ instanceType, count }) {
      const asked = { InstanceType: instanceType, InstanceCount: count, CapacityDurationHours: 24 }
      const { CapacityBlockOfferings } = await ec2.send(new DescribeCapacityBlockOfferingsCommand(asked))
      const CapacityBlockOfferingId = CapacityBlockOfferings?.[0]?.CapacityBlockOfferingId
      const bought = await ec2.send(new PurchaseCapacityBlockCommand({ CapacityBlockOfferingId, InstancePlatform }))
      return bought.CapacityReservation?.CapacityReservationId ?? ''
    },
  }
}
