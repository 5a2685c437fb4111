import { PRICES_OF, usdPerHourOf } from '../../core/account/cost.ts'
import { describeSetup } from '../../core/account/describe.ts'
import { foreseeSetup, type SetupWorld } from '../../core/account/foresee-setup.ts'
import { planSetup } from '../../core/account/plan-setup.ts'
import { planUnset } from '../../core/account/plan-unset.ts'
import { roleProblems } from '../../core/account/plan-access.ts'
import type { SetupAction, SetupPlan } from '../../core/account/action.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { SetupPreview } from '../results/account.ts'
import type { Services } from '../services.ts'
import { observeAccount, presentWayOut, type RoleWatch } from './world.ts'

/** What is asked for: null leaves the way out as it is. */
export interface SetupRequest {
  readonly remove: boolean
  readonly nat: boolean | null
  readonly role: boolean
}

export type Decide = (world: SetupWorld) => SetupPlan

/** How each world is decided on, which follows from what is there at first. */
export function deciderOf(request: SetupRequest, first: SetupWorld, region: string): Decide {
  if (request.remove) return ({ network, access }) => planUnset(network, access, region)
  const present = presentWayOut(first)
  const wayOut = request.nat === null ? present : request.nat ? 'nat' : 'endpoints'
  return ({ network, access }) => planSetup({ wayOut, role: request.role }, network, access, region)
}

/** All that setup would do if all went well. Only reads. Throws the plan's failure. */
export async function previewSetup(request: SetupRequest, services: Services): Promise<SetupPreview> {
  const roles: RoleWatch = { wanted: request.role, refused: [] }
  const { account, region } = await services.identity.whoAmI()
  const world = await observeAccount(roles, services)
  const decide = deciderOf(request, world, region)
  const { failure } = decide(world)
  if (failure) throw new MusterError(failure.code, failure.message)
  const actions = foreseeSetup(world, region, decide)
  return {
    goal: request.remove ? 'remove' : 'make',
    cloud: services.cloud.name,
    region,
    account,
    actions: actions.map(previewOf),
    usdPerHour: actions.reduce((sum, action) => sum + usdPerHourOf(action), 0),
    pricesOf: PRICES_OF,
    notes: [...roles.refused, ...(world.access === null || request.remove ? [] : roleProblems(world.access))],
    converged: actions.length === 0,
  }
}

function previewOf(action: SetupAction): SetupPreview['actions'][number] {
  const { id, kind, reason } = action
  return { id, kind, what: describeSetup(action), reason, usdPerHour: usdPerHourOf(action) }
}
