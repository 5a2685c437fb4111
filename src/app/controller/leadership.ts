import { isMusterError } from '../../core/errors/muster-error.ts'
import { PATIENCE } from '../../core/plan/patience.ts'
import type { Lease } from '../../ports/job-store.ts'
import { patient, patientOfLogin } from '../patience.ts'
import type { Services } from '../services.ts'
import type { StandingFleets } from './described-fleets.ts'
import { takeLead } from './take-lead.ts'
import { ticker, type TickReport } from './tick.ts'
import { whileKept } from './while-kept.ts'

/** Whoever leads and is not heard of for so long is taken for dead, in milliseconds. */
const LEASE_MS = { sandbox: 10_000, aws: 60_000 } as const

/** The lead of the queue as one process has it, loses it and has it again, with what it has under way meanwhile. */
export interface Leadership {
  /** Takes the lead or renews it; false where another has it: the fleets are that one's then, and nothing of ours is under way. */
  hold(): Promise<boolean>
  /** One tick of who holds the lead; null where the cloud did not answer, or the lead was lost. */
  tick(isLastCall: boolean): Promise<TickReport | null>
  /** When to ask again whether the lead is free, in milliseconds. */
  readonly askAgainMs: number
  stop(): Promise<void>
}

export function leadership(standing: StandingFleets, services: Services): Leadership {
  const { queue, clock, cloud, interrupts } = services
  const leaseMs = LEASE_MS[cloud.name]
  const blind = patient(PATIENCE[cloud.name].followingMs, ['CloudUnreachable', 'Throttled'], services)
  const login = patientOfLogin(services)
  let hands = ticker(standing, services)
  let lease: Lease | null = null

  /** What is under way is given up, and the locks of its fleets with it. */
  const stepDown = async (): Promise<null> => {
    lease = null
    await hands.stop()
    hands = ticker(standing, services)
    return null
  }
  const bear = (error: unknown): Promise<null> => {
    if (isMusterError(error, 'LeaseLost')) return stepDown()
    const patience = isMusterError(error, 'CredentialsExpired') ? login : blind
    return patience.bear(error, interrupts.signal)
  }

  return {
    askAgainMs: leaseMs / 4,
    hold: async () => {
      if (lease !== null) {
        lease = await queue.renew(lease, leaseMs, clock.now())
        if (lease === null) await stepDown()
      }
      lease ??= await takeLead(leaseMs, services)
      return lease !== null
    },
    tick: async (isLastCall) => {
      const held = lease
      if (held === null) return null
      try {
        const report = await whileKept(held, leaseMs, services, () => hands.tick(held, isLastCall))
        blind.relieved()
        login.relieved()
        return report
      } catch (error) {
        return bear(error)
      }
    },
    stop: async () => {
      await hands.stop()
      if (lease !== null) await queue.release(lease)
    },
  }
}
