import { times, type Usd } from '../../core/cost/cost.ts'
import { paidUntil } from '../../core/cost/paid-thing.ts'
import type { Services } from '../services.ts'

/** What nodes have cost since their launch, by id, as the ledger has them; null where it knows no price, or nothing of them. */
export async function nodeCosts(
  ids: readonly string[],
  { ledger, clock }: Pick<Services, 'ledger' | 'clock'>,
): Promise<(id: string) => Usd | null> {
  const now = clock.now()
  const paid = await ledger.paid({ fleet: null, ids }).catch(() => [])
  const costs = paid.map((thing) => {
    const hours = (paidUntil(thing, now) - thing.beganAt) / 3_600_000
    return [thing.id, times(thing.usdPerHour, hours)] as const
  })
  // The last of one id is what it is now.
  const byId = new Map(costs)
  return (id) => byId.get(id) ?? null
}
