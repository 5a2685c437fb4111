import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { listServices } from './list-services.ts'
import { requestIncrease } from './request-increase.ts'
import { getRequestedChange, listHistory, listHistoryByQuota } from './request-history.ts'
import { getDefaultQuota, getServiceQuota, listDefaultQuotas, listServiceQuotas } from './show-quotas.ts'
import { createQuotaState, directory } from './state.ts'

const OPERATIONS = [
  getServiceQuota,
  listServiceQuotas,
  getDefaultQuota,
  listDefaultQuotas,
  listServices,
  requestIncrease,
  listHistory,
  listHistoryByQuota,
  getRequestedChange,
]

/**
 * Service Quotas: EC2's quotas of running vCPUs, which EC2 holds every launch to. Generous unless MUSTER_SANDBOX_QUOTAS or a
 * `quota` fault says otherwise. Fills `world.directories.quotas`. See BEHAVIOUR.md.
 */
export function createServiceQuotas(world: World, env: NodeJS.ProcessEnv = process.env): Service {
  const state = createQuotaState(world, env)
  world.directories.quotas = directory(state)
  const operations = OPERATIONS.map((bind) => bind(state))
  return {
    name: 'servicequotas',
    protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'ServiceQuotasV20190624' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
  }
}
