import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas'
import type { Quotas } from '../../ports/quotas.ts'
import { clientConfig, connected } from '../client-factory.ts'
import { connectEc2 } from '../ec2/ec2.ts'
import { isAwsClass } from '../error-map.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'
import { quotaCode } from './quota-codes.ts'
import { usedVcpus } from './used-vcpus.ts'

/** Quotas over Service Quotas, and what EC2 shows against them. Their patience is short: a launch can do without. */
export function connectQuotas(settings: AwsSettings): Quotas {
  const client = new ServiceQuotasClient(clientConfig('SERVICE_QUOTAS', settings, { wholeMs: 4000 }))
  const service = connected(client, 'SERVICE_QUOTAS', settings, 6000)
  const ec2 = connectEc2(settings)
  return {
    async vcpus(instanceType, purchase) {
      const code = quotaCode(instanceType, purchase)
      if (code === null) return null
      const [quota, used] = await Promise.all([
        applied(service, code),
        usedVcpus(ec2, code, purchase === 'spot' ? 'spot' : 'on-demand'),
      ])
      return quota === null ? null : { code, name: quota.QuotaName ?? code, limit: quota.Value ?? null, used }
    },
  }
}

/** An account to which AWS has applied no value of its own has AWS's default. */
async function applied(service: Caller<ServiceQuotasClient>, QuotaCode: string): Promise<ServiceQuota | null> {
  const asked = { ServiceCode: 'ec2', QuotaCode }
  try {
    return (await service.send(new GetServiceQuotaCommand(asked))).Quota ?? null
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
  try {
    return (await service.send(new GetAWSDefaultServiceQuotaCommand(asked))).Quota ?? null
  } catch (error) {
    if (isAwsClass(error, 'gone')) return null
    throw error
  }
}
