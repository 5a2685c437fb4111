import { attribute, type JobSpent } from '../../core/cost/attribute.ts'
import type { Services } from '../services.ts'

/**
 * What the nodes of jobs have cost while their attempts held them, by job, from the ledger alone; jobs that held none are not in it. With
 * `index` only that task of theirs.
 */
export async function costOfJobs(
  jobs: readonly string[],
  { ledger, clock }: Pick<Services, 'ledger' | 'clock'>,
  index: number | null = null,
): Promise<ReadonlyMap<string, JobSpent>> {
  const uses = await ledger.uses({ fleet: null, jobs })
  const own = index === null ? uses : uses.filter((use) => use.index === index)
  const paid = await ledger.paid({ fleet: null, ids: [...new Set(own.map((use) => use.node))] })
  const spent = attribute(paid, own, { since: 0, now: clock.now() })
  return new Map(spent.jobs.map((one) => [one.job, one]))
}
