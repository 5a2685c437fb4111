import {
  DescribeCapacityReservationsCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import { mockClient } from 'aws-sdk-client-mock'
import { beforeEach, describe, expect, it } from 'vitest'
import { quotaCode } from '../../../../src/aws/quotas/quota-codes.ts'
import { connectQuotas } from '../../../../src/aws/quotas/quotas.ts'
import { awsFailure, mockSettings } from '../settings.ts'

const ec2 = mockClient(EC2Client)
const service = mockClient(ServiceQuotasClient)
const hpc = { QuotaCode: 'L-F7808C92', QuotaName: 'Running On-Demand HPC instances', Value: 768 }

beforeEach(() => {
  ec2.reset()
  service.reset()
  ec2.on(DescribeInstancesCommand).resolves({})
  ec2.on(DescribeCapacityReservationsCommand).resolves({})
  ec2.on(DescribeInstanceTypesCommand).callsFake(({ InstanceTypes = [] }: { InstanceTypes?: string[] }) => ({
    InstanceTypes: InstanceTypes.map((InstanceType) => ({ InstanceType, VCpuInfo: { DefaultVCpus: 64 } })),
  }))
  service.on(GetServiceQuotaCommand).resolves({ Quota: hpc })
})

describe('a quota over Service Quotas', () => {
  it('is the applied one, with what the account uses of it: what runs and what is reserved unused', async () => {
    const running = [
      { InstanceType: 'hpc7g.16xlarge' },
      { InstanceType: 'hpc6a.48xlarge' },
      { InstanceType: 'c7gn.16xlarge' },
      { InstanceType: 'c7gn.16xlarge', InstanceLifecycle: 'spot' as const },
    ]
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: running as never }] })
    const reserved = { InstanceType: 'hpc7g.4xlarge', CapacityReservationId: 'cr-1', State: 'active' as const }
    ec2.on(DescribeCapacityReservationsCommand).resolves({
      CapacityReservations: [
        { ...reserved, TotalInstanceCount: 5, AvailableInstanceCount: 2 },
        { ...reserved, State: 'cancelled', AvailableInstanceCount: 9 },
        { ...reserved, ReservationType: 'capacity-block', AvailableInstanceCount: 9 },
      ],
    })
    expect(await connectQuotas(mockSettings()).vcpus('hpc7g.16xlarge', 'on-demand')).toEqual({
      code: 'L-F7808C92',
      name: 'Running On-Demand HPC instances',
      limit: 768,
      used: (2 + 2) * 64,
    })
    expect(service.commandCalls(GetServiceQuotaCommand)[0]?.args[0].input).toEqual({
      ServiceCode: 'ec2',
      QuotaCode: 'L-F7808C92',
    })
  })

  it("is AWS's default where none was applied", async () => {
    service.on(GetServiceQuotaCommand).rejects(awsFailure('NoSuchResourceException'))
    service.on(GetAWSDefaultServiceQuotaCommand).resolves({ Quota: { ...hpc, Value: 0 } })
    expect(await connectQuotas(mockSettings()).vcpus('hpc7g.16xlarge', 'on-demand')).toMatchObject({ limit: 0 })
    service.on(GetAWSDefaultServiceQuotaCommand).rejects(awsFailure('NoSuchResourceException'))
    expect(await connectQuotas(mockSettings()).vcpus('hpc7g.16xlarge', 'on-demand')).toBeNull()
  })

  it.each([
    ['AccessDeniedException', 'NotAllowed'],
    ['UnknownOperationException', 'NotSupported'],
  ])('throws where it may not be asked: %s', async (name, code) => {
    service.on(GetServiceQuotaCommand).rejects(awsFailure(name))
    await expect(connectQuotas(mockSettings()).vcpus('hpc7g.16xlarge', 'on-demand')).rejects.toMatchObject({ code })
  })
})

it.each([
  ['hpc8a.96xlarge', 'on-demand', 'L-F7808C92'],
  ['hpc8a.96xlarge', 'spot', null],
  ['c7gn.16xlarge', 'on-demand', 'L-1216C47A'],
  ['c7gn.16xlarge', 'spot', 'L-34B43A08'],
  ['im4gn.16xlarge', 'on-demand', 'L-1216C47A'],
  ['t3.micro', 'on-demand', 'L-1216C47A'],
  ['z1d.12xlarge', 'spot', 'L-34B43A08'],
  ['p4d.24xlarge', 'spot', 'L-7212CCBC'],
  ['p5.48xlarge', 'spot', 'L-C4BD4855'],
  ['p5en.48xlarge', 'on-demand', 'L-417A185B'],
  ['p6-b200.48xlarge', 'on-demand', 'L-417A185B'],
  ['p6-b200.48xlarge', 'spot', null],
  ['g6e.48xlarge', 'on-demand', 'L-DB2E81BA'],
  ['gr6.8xlarge', 'spot', 'L-3819A6DF'],
  ['trn2.48xlarge', 'on-demand', 'L-2C3B7624'],
  ['inf2.48xlarge', 'on-demand', 'L-1945791B'],
  ['dl1.24xlarge', 'on-demand', 'L-6E869C2A'],
  ['u-6tb1.112xlarge', 'on-demand', 'L-43DA4232'],
  ['u7i-12tb.224xlarge', 'on-demand', 'L-43DA4232'],
  ['x2gd.16xlarge', 'on-demand', 'L-7295265B'],
  ['f2.48xlarge', 'on-demand', 'L-74FC7D96'],
  ['mac2.metal', 'on-demand', null],
  ['p5.48xlarge', 'capacity-block', null],
  ['hpc7g.16xlarge', 'reservation', null],
] as const)('%s bought as %s counts against %s', (instanceType, purchase, code) => {
  expect(quotaCode(instanceType, purchase)).toBe(code)
})
