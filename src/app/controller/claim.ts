import type { ObservedNode } from '../../core/fleet/observed.ts'
import { jobOf } from '../../core/job/id.ts'
import { heldBy, runningJobs, type RunningJob } from '../job/busy-nodes.ts'
import { WORKING_THE_QUEUE } from '../../ports/fleet-lock.ts'
import type { Services } from '../services.ts'

/** So often runs that are not of the queue are looked at again while there are any, in milliseconds. */
const AGAIN_MS = { sandbox: 1_000, aws: 30_000 } as const

/** A fleet as one's own: no other muster of this machine changes it, or begins anything on it. */
export interface Claim {
  readonly isOurs: () => boolean
  /** Nodes that runs hold which are not of the queue: `muster run` was left, or killed, and its job goes on. */
  readonly others: () => ReadonlySet<string>
  /** Takes it where it is not ours, and sees who else is on its nodes. @throws MusterError FleetBusy where another muster uses it. */
  take(nodes: readonly ObservedNode[]): Promise<void>
  release(): Promise<void>
}

export function fleetClaim(fleet: string, services: Services): Claim {
  const { clock, cloud, locks, queue } = services
  let lock: ReturnType<typeof locks.acquire> | null = null
  let others: readonly RunningJob[] | null = null
  let lookedAt = 0

  const isOther = async (run: string): Promise<boolean> => (await queue.job(jobOf(run))) === null
  const look = async (nodes: readonly ObservedNode[]): Promise<void> => {
    const now = clock.now()
    if (others !== null && (others.length === 0 || now - lookedAt < AGAIN_MS[cloud.name])) return
    lookedAt = now
    others = await runningJobs(fleet, nodes, services, isOther)
  }

  return {
    isOurs: () => others !== null,
    others: () => heldBy(others ?? []),
    take: async (nodes) => {
      lock ??= locks.acquire(fleet, WORKING_THE_QUEUE).catch((error: unknown) => {
        lock = null
        throw error
      })
      await lock
      await look(nodes)
    },
    release: async () => {
      const held = await lock?.catch(() => null)
      lock = null
      others = null
      await held?.release()
    },
  }
}
