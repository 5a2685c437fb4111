import type { SetupPlan } from './action.ts'
import { draftSetup } from './draft.ts'
import type { ObservedAccess, ObservedNetwork } from './observed.ts'
import { planWithdrawal } from './plan-access.ts'
import { planTakeAway } from './plan-take-away.ts'

/** Decides, purely, what takes away all that setup made in a region; what is somebody else's is not even seen. */
export function planUnset(seen: ObservedNetwork, access: ObservedAccess | null, region: string): SetupPlan {
  const plan = draftSetup()
  planTakeAway(plan, seen, 'all')
  if (access !== null) planWithdrawal(plan, access, region)
  return plan.finish()
}
