import type { PaidThing } from '../../core/cost/paid-thing.ts'
import type { Services } from '../services.ts'

/** What the ledger has of an account; nothing where it cannot be read: what fleets cost must not keep them from being seen. */
export async function knownPaid(account: string, { ledger }: Pick<Services, 'ledger'>): Promise<readonly PaidThing[]> {
  const all = await ledger.paid({ fleet: null, ids: null }).catch(() => [])
  return all.filter((one) => one.account === account)
}
