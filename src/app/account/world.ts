import type { SetupWorld } from '../../core/account/foresee-setup.ts'
import type { WayOutChoice } from '../../core/account/observed.ts'
import { SSM_ENDPOINTS } from '../../core/account/plan-endpoints.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import { policyDocument } from '../../launch/policies.ts'
import type { Services } from '../services.ts'

/** Roles and profiles as far as they may be read: what is not allowed is remembered, and the network is set up all the same. */
export interface RoleWatch {
  /** False from the start where roles are to be left alone. */
  readonly wanted: boolean
  /** What IAM refused, in its order. */
  readonly refused: string[]
}

/** What setup decides on, read from the cloud. */
export async function observeAccount(roles: RoleWatch, { network, access, identity }: Services): Promise<SetupWorld> {
  const { account } = await identity.whoAmI()
  const [seen, granted] = await Promise.all([
    network.observe(),
    roles.wanted && roles.refused.length === 0
      ? tolerant(roles, () => access.observe(policyDocument('node', account)))
      : null,
  ])
  return { network: seen, access: granted }
}

/** Null where it is not allowed, which is noted. */
export async function tolerant<T>(roles: RoleWatch, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    if (!isMusterError(error, 'NotAllowed')) throw error
    roles.refused.push(error.message)
    return null
  }
}

/** The way out that is there; a NAT gateway where there is none: user data that brings packages needs it. */
export function presentWayOut({ network }: SetupWorld): WayOutChoice {
  if (network.nats.length > 0) return 'nat'
  const ofSsm: readonly string[] = SSM_ENDPOINTS
  return network.endpoints.some((endpoint) => ofSsm.includes(endpoint.service)) ? 'endpoints' : 'nat'
}
