import { hostname } from 'node:os'
import type { Lease } from '../../ports/job-store.ts'
import type { Services } from '../services.ts'
import { CONTROLLER } from '../queue/submit.ts'

/** Who this process is to others that work the queue: `host/pid`. */
export const ownName = () => `${hostname()}/${process.pid}`

/**
 * Takes the lead, or null where another has it. Whoever dies without a word leaves a lease that nobody renews: where it was a process of
 * this machine, and that is there no more, its end is not waited for. Taken wrongly it would do no harm: the store fences by its token.
 */
export async function takeLead(
  forMs: number,
  { queue, clock }: Pick<Services, 'queue' | 'clock'>,
): Promise<Lease | null> {
  const now = clock.now()
  const take = () => queue.lease(CONTROLLER, ownName(), forMs, now)
  const taken = await take()
  if (taken !== null) return taken
  const other = await queue.holder(CONTROLLER, now)
  if (other === null || !isGone(other.holder)) return null
  await queue.release(other)
  return take()
}

/** True where `host/pid` was a process of this machine and is none any more; of other machines nothing is known. */
function isGone(holder: string): boolean {
  const [, host, pid] = /^(.*)\/([1-9]\d*)$/.exec(holder) ?? []
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    // EPERM is somebody else's, and lives.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
