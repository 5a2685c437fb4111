import type { QuotaDirectory, World } from '../../world.ts'
import { givenQuotas } from './given.ts'
import { EC2, quotaOf } from './quotas.ts'

export interface IncreaseRequest {
  readonly id: string
  readonly region: string
  readonly code: string
  readonly desired: number
  readonly requester: string
  readonly caseAllowed: boolean
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export type RequestStatus = 'PENDING' | 'CASE_OPENED' | 'APPROVED' | 'NOT_APPROVED'

export interface QuotaState {
  readonly world: World
  /** Oldest first. */
  readonly requests: IncreaseRequest[]
  /** Values that were given with the sandbox's start. */
  readonly given: ReadonlyMap<string, number>
}

/** Far above what a sandbox on one machine will run: nothing is limited unless somebody rehearses it. */
const GENEROUS = 1_000_000

export function createQuotaState(world: World, env: NodeJS.ProcessEnv): QuotaState {
  return { world, requests: [], given: givenQuotas(env) }
}

/**
 * The value that holds in a region now: the latest `quota` fault's, else the highest that was approved there or given
 * with the start.
 */
export function appliedValue(state: QuotaState, region: string, code: string): number {
  const { world, requests, given } = state
  const fault = world.faults.list().findLast((one) => one.kind === 'quota' && one.quotaCode === code)
  if (fault?.kind === 'quota') return fault.value
  const approved = requests
    .filter((one) => one.code === code && one.region === region && statusOf(one, world) === 'APPROVED')
    .map(({ desired }) => desired)
  return Math.max(given.get(code) ?? GENEROUS, ...approved)
}

/** Nobody looks at a request here: it is pending, then a case, and approved when its time has come. */
export function statusOf({ createdAt, caseAllowed }: IncreaseRequest, world: World): RequestStatus {
  const whole = world.pace.quotaApprovalMs ?? 0
  const age = world.clock.now() - createdAt
  if (age < whole / 2) return 'PENDING'
  if (!caseAllowed) return 'NOT_APPROVED'
  return age < whole ? 'CASE_OPENED' : 'APPROVED'
}

export function directory(state: QuotaState): QuotaDirectory {
  return {
    applied: (region, service, code) =>
      service === EC2.ServiceCode && quotaOf(code) !== undefined ? appliedValue(state, region, code) : undefined,
  }
}
