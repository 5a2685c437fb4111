import type { Sum } from '../../core/cost/cost.ts'
import { hourOf, spentOn } from '../../core/cost/standing.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Services } from '../services.ts'

/** What a fleet, and its project, have cost by the ledger: also what is gone. */
export interface SpentBefore {
  readonly own: Sum
  /** Null where the fleet is of no project. */
  readonly project: {
    readonly spent: Sum
    /** An hour of what is up of the project's other fleets. */
    readonly others: Sum
  } | null
}

/** Reads the ledger of this cloud, region and account. */
export async function spentBefore(
  { name, project }: Pick<FleetSpec, 'name' | 'project'>,
  { ledger, identity, clock }: Pick<Services, 'ledger' | 'identity' | 'clock'>,
): Promise<SpentBefore> {
  const { account } = await identity.whoAmI()
  const now = clock.now()
  const paid = (await ledger.paid({ fleet: null, ids: null })).filter((one) => one.account === account)
  const fleets = new Set(project?.fleets)
  const others = fleets.difference(new Set([name]))
  return {
    own: spentOn(paid, new Set([name]), now),
    project: project === null ? null : { spent: spentOn(paid, fleets, now), others: hourOf(paid, others) },
  }
}
