import type { QuotaCheck, QuotaUse } from '../../core/capacity/quota.ts'
import type { Services } from '../services.ts'

/**
 * The quota that a launch counts against; null where there is none, or nobody knows. Never throws: that it is unknown is a warning,
 * and the cloud itself refuses what is too much.
 *
 * @param vcpus of one node.
 */
export async function quotaOf(
  use: QuotaUse,
  vcpus: number,
  { quotas, events }: Pick<Services, 'quotas' | 'events'>,
): Promise<QuotaCheck | null> {
  const { instanceType, purchase, count } = use
  try {
    const quota = await quotas.vcpus(instanceType, purchase)
    return quota === null ? null : { ...quota, asked: vcpus * count }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    events.emit('quota.unknown', { instanceType, purchase, reason })
    return null
  }
}
