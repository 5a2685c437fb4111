import {
  GetAWSDefaultServiceQuotaCommand,
  GetRequestedServiceQuotaChangeCommand,
  GetServiceQuotaCommand,
  ListAWSDefaultServiceQuotasCommand,
  ListRequestedServiceQuotaChangeHistoryByQuotaCommand,
  ListRequestedServiceQuotaChangeHistoryCommand,
  ListServiceQuotasCommand,
  ListServicesCommand,
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServiceQuotas } from '../../../src/sandbox/services/service-quotas/service.ts'
import { manualClock } from '../ec2/manual-clock.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'

const HPC = { ServiceCode: 'ec2', QuotaCode: 'L-F7808C92' }
const P = { ServiceCode: 'ec2', QuotaCode: 'L-417A185B' }

const clock = manualClock()
let sandbox: TestSandbox
let quotas: ServiceQuotasClient
beforeEach(async () => {
  sandbox = await startTestSandbox({
    services: [(world) => createServiceQuotas(world, { MUSTER_SANDBOX_QUOTAS: 'L-F7808C92=128, L-1216C47A=0' })],
    clock,
    pace: { quotaApprovalMs: 20_000 },
  })
  quotas = new ServiceQuotasClient({ ...sandbox.client, maxAttempts: 1 })
})
afterEach(async () => {
  quotas.destroy()
  await sandbox.close()
})

const applied = async (quota = HPC) => (await quotas.send(new GetServiceQuotaCommand(quota))).Quota?.Value
const increase = (DesiredValue: number, more = {}) =>
  quotas.send(new RequestServiceQuotaIncreaseCommand({ ...HPC, DesiredValue, ...more }))

test('an applied quota, and what AWS starts with', async () => {
  const { Quota } = await quotas.send(new GetServiceQuotaCommand({ ...HPC, QuotaCode: 'L-1216C47A' }))
  expect(Quota).toEqual({
    ServiceCode: 'ec2',
    ServiceName: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    QuotaArn: 'arn:aws:servicequotas:us-east-1:000000000000:ec2/L-1216C47A',
    QuotaCode: 'L-1216C47A',
    QuotaName: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
    Value: 0,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
    UsageMetric: {
      MetricNamespace: 'AWS/Usage',
      MetricName: 'ResourceCount',
      MetricDimensions: { Class: 'Standard/OnDemand', Resource: 'vCPU', Service: 'EC2', Type: 'Resource' },
      MetricStatisticRecommendation: 'Maximum',
    },
    QuotaAppliedAtLevel: 'ACCOUNT',
  })
  const standard = await quotas.send(new GetAWSDefaultServiceQuotaCommand(HPC))
  expect(standard.Quota).toMatchObject({
    QuotaName: 'Running On-Demand HPC instances',
    Value: 0,
    QuotaArn: 'arn:aws:servicequotas:us-east-1::ec2/L-F7808C92',
  })
  expect(await applied()).toBe(128)
  expect(await applied(P)).toBeGreaterThanOrEqual(1_000_000)
})

test('quotas are listed, page by page', async () => {
  const first = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'ec2', MaxResults: 10 }))
  const rest = await quotas.send(
    new ListServiceQuotasCommand({ ServiceCode: 'ec2', MaxResults: 10, NextToken: first.NextToken }),
  )
  expect([first.Quotas?.length, rest.Quotas?.length, rest.NextToken]).toEqual([10, 9, undefined])
  const one = await quotas.send(new ListServiceQuotasCommand(HPC))
  expect(one.Quotas?.map(({ Value }) => Value)).toEqual([128])
  const standard = await quotas.send(new ListAWSDefaultServiceQuotasCommand({ ServiceCode: 'ec2' }))
  expect(standard.Quotas).toHaveLength(19)
  expect((await quotas.send(new ListServicesCommand({}))).Services).toMatchObject([{ ServiceCode: 'ec2' }])
})

test('a request for more is looked at, opened as a case and approved, in its region', async () => {
  const { RequestedQuota } = await increase(256)
  expect(RequestedQuota).toMatchObject({ DesiredValue: 256, Status: 'PENDING', QuotaRequestedAtLevel: 'ACCOUNT' })
  expect(RequestedQuota?.Created).toEqual(new Date(clock.now()))
  await expect(increase(512)).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'Only one open service quota increase request is allowed per quota.',
  })
  const status = async () => {
    const found = await quotas.send(new GetRequestedServiceQuotaChangeCommand({ RequestId: RequestedQuota?.Id ?? '' }))
    return found.RequestedQuota?.Status
  }
  await clock.forward(10_000)
  expect([await status(), await applied()]).toEqual(['CASE_OPENED', 128])
  await clock.forward(10_000)
  expect([await status(), await applied()]).toEqual(['APPROVED', 256])
  const elsewhere = new ServiceQuotasClient({ ...sandbox.client, region: 'eu-west-1' })
  expect((await elsewhere.send(new GetServiceQuotaCommand(HPC))).Quota?.Value).toBe(128)
  elsewhere.destroy()
  const history = await quotas.send(new ListRequestedServiceQuotaChangeHistoryCommand({ Status: 'APPROVED' }))
  expect(history.RequestedQuotas?.map(({ Id }) => Id)).toEqual([RequestedQuota?.Id])
  const other = await quotas.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand(P))
  expect(other.RequestedQuotas).toEqual([])
})

test('without a support case nothing is approved', async () => {
  await increase(256, { SupportCaseAllowed: false })
  await clock.forward(20_000)
  const { RequestedQuotas } = await quotas.send(new ListRequestedServiceQuotaChangeHistoryByQuotaCommand(HPC))
  expect(RequestedQuotas?.map(({ Status }) => Status)).toEqual(['NOT_APPROVED'])
  expect(await applied()).toBe(128)
})

test('a fault sets a quota while it is there', async () => {
  sandbox.world.faults.add({ kind: 'quota', quotaCode: 'L-F7808C92', value: 64 })
  expect(await applied()).toBe(64)
  sandbox.world.faults.add({ kind: 'quota', quotaCode: 'L-F7808C92', value: 32 })
  expect(await applied()).toBe(32)
  sandbox.world.faults.clear()
  expect(await applied()).toBe(128)
})

test('what is wrong is refused', async () => {
  await expect(increase(128)).rejects.toMatchObject({
    name: 'IllegalArgumentException',
    message: 'You must provide a quota value greater than the current quota value',
  })
  await expect(applied({ ...HPC, QuotaCode: 'L-00000000' })).rejects.toMatchObject({ name: 'NoSuchResourceException' })
  await expect(applied({ ...HPC, ServiceCode: 'vpc' })).rejects.toMatchObject({ name: 'NoSuchResourceException' })
  await expect(increase(-1)).rejects.toMatchObject({ message: expect.stringMatching(/greater than or equal to 0/) })
  await expect(
    quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'ec2', NextToken: 'AAAA' })),
  ).rejects.toMatchObject({ name: 'InvalidPaginationTokenException' })
})

test.each(['L-F7808C92', 'L-F7808C92=many', 'L-00000000=4', 'hpc=4'])(
  'a sandbox does not start with the quotas %j',
  async (MUSTER_SANDBOX_QUOTAS) => {
    const services = [(world: TestSandbox['world']) => createServiceQuotas(world, { MUSTER_SANDBOX_QUOTAS })]
    await expect(startTestSandbox({ services })).rejects.toThrow(/^MUSTER_SANDBOX_QUOTAS: ".*" is no vCPU quota/)
  },
)
