import { members } from '../json/shape.ts'
import {
  LEVEL,
  namedQuota,
  NAMED,
  operation,
  page,
  PAGING,
  QUOTA_CODE,
  quotaNamed,
  refuseService,
  SERVICE_CODE,
} from './input.ts'
import { EC2, VCPU_QUOTAS } from './quotas.ts'
import type { VcpuQuota } from './quotas.ts'
import { appliedValue } from './state.ts'

/** GetServiceQuota and ListServiceQuotas: what holds in the account. GetAWSDefaultServiceQuota and its list: what AWS starts with. */
export const getServiceQuota = operation('GetServiceQuota', namedQuota, (input, state, { region }) => {
  const quota = quotaNamed(input.ServiceCode, input.QuotaCode)
  return { Quota: applied(quota, appliedValue(state, region, quota.code), region, state.world.account) }
})

export const listServiceQuotas = operation(
  'ListServiceQuotas',
  members({ ServiceCode: SERVICE_CODE }, { QuotaCode: QUOTA_CODE, QuotaAppliedAtLevel: LEVEL, ...PAGING }),
  (input, state, { region }) => {
    refuseService(input.ServiceCode)
    // These quotas are the account's; there are none of single resources.
    const all = input.QuotaAppliedAtLevel === 'RESOURCE' ? [] : VCPU_QUOTAS
    const asked = all.filter(({ code }) => input.QuotaCode === undefined || code === input.QuotaCode)
    const { items, nextToken } = page(asked, ({ code }) => code, input)
    const { account } = state.world
    return {
      Quotas: items.map((quota) => applied(quota, appliedValue(state, region, quota.code), region, account)),
      NextToken: nextToken,
    }
  },
)

export const getDefaultQuota = operation('GetAWSDefaultServiceQuota', members(NAMED, {}), (input, _, { region }) => ({
  Quota: standard(quotaNamed(input.ServiceCode, input.QuotaCode), region),
}))

export const listDefaultQuotas = operation(
  'ListAWSDefaultServiceQuotas',
  members({ ServiceCode: SERVICE_CODE }, PAGING),
  (input, _, { region }) => {
    refuseService(input.ServiceCode)
    const { items, nextToken } = page(VCPU_QUOTAS, ({ code }) => code, input)
    return { Quotas: items.map((quota) => standard(quota, region)), NextToken: nextToken }
  },
)

const applied = (quota: VcpuQuota, value: number, region: string, account: string): object => ({
  ...render(quota, value, `arn:aws:servicequotas:${region}:${account}:ec2/${quota.code}`),
  QuotaAppliedAtLevel: 'ACCOUNT',
})

const standard = (quota: VcpuQuota, region: string): object =>
  render(quota, quota.standard, `arn:aws:servicequotas:${region}::ec2/${quota.code}`)

/** The unit of these quotas is vCPUs; AWS says None. */
function render({ code, name, metricClass }: VcpuQuota, value: number, arn: string): object {
  return {
    ...EC2,
    QuotaArn: arn,
    QuotaCode: code,
    QuotaName: name,
    Value: value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
    UsageMetric:
      metricClass === undefined
        ? undefined
        : {
            MetricNamespace: 'AWS/Usage',
            MetricName: 'ResourceCount',
            MetricDimensions: { Class: metricClass, Resource: 'vCPU', Service: 'EC2', Type: 'Resource' },
            MetricStatisticRecommendation: 'Maximum',
          },
  }
}
