import { exhaustive } from '../../kit/exhaustive.ts'
import type { AccessPart, AccessRemoval, SetupAction, SetupPlan } from './action.ts'
import { later, made, removed } from './change-network.ts'
import type { ObservedAccess, ObservedNetwork } from './observed.ts'

/** What setup decides on. */
export interface SetupWorld {
  readonly network: ObservedNetwork
  /** Null where it cannot be read or is left alone. */
  readonly access: ObservedAccess | null
}

/** More than any setup needs. */
const ROUNDS = 30

/** Everything that the loop would do if all went well, in order, planned on the world as each round would leave it. */
export function foreseeSetup(
  world: SetupWorld,
  region: string,
  decide: (world: SetupWorld) => SetupPlan,
): SetupAction[] {
  const actions = new Map<string, SetupAction>()
  let seen = world
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = decide(seen)
    if (plan.failure || plan.converged) break
    for (const action of plan.actions) {
      if (!actions.has(action.id)) actions.set(action.id, action)
      seen = afterSetup(seen, action, region)
    }
    seen = { ...seen, network: later(seen.network) }
  }
  return [...actions.values()]
}

/** The world after one action. */
export function afterSetup({ network, access }: SetupWorld, action: SetupAction, region: string): SetupWorld {
  switch (action.kind) {
    case 'make':
      return { network: made(network, action.part), access }
    case 'remove':
      return { network: removed(network, action.part), access }
    case 'grant':
      return { network, access: access && granted(access, action.part, region) }
    case 'withdraw':
      return { network, access: access && withdrawn(access, action.part, region) }
    default:
      return exhaustive(action)
  }
}

function granted(access: ObservedAccess, part: AccessPart, region: string): ObservedAccess {
  if (part.what === 'service-role') return { ...access, serviceRoles: [...access.serviceRoles, part.service] }
  if (part.what === 'profile') return { ...access, profile: { ours: true, hasRole: true } }
  const regions = [...new Set([...(access.role?.regions ?? []), region])]
  return { ...access, role: { ours: true, ssm: true, buckets: true, regions } }
}

function withdrawn(access: ObservedAccess, { what }: AccessRemoval, region: string): ObservedAccess {
  if (what === 'profile') return { ...access, profile: null }
  if (what === 'role') return { ...access, role: null }
  const { role } = access
  return { ...access, role: role && { ...role, regions: role.regions.filter((one) => one !== region) } }
}
