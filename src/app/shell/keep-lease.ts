import { parseRenewal } from '../../launch/remote/renew-script.ts'
import { renewal } from '../fleet/lease.ts'
import type { Services } from '../services.ts'

/** At most one call a minute; more often only where a lease is shorter than three of them. */
const EVERY_MS = 60_000
/** A shell at which nobody has typed and nothing was shown for so long keeps no node. */
const IDLE_MS = 1_800_000

/**
 * Renews a node's lease while somebody is at a shell on it: nobody expects the machine that they look at to end itself. One that has no lease, or that cannot
 * renew it, is left alone: it ends when it would have.
 */
export function keepLease(nodeId: string, services: Services, signal: AbortSignal) {
  const { clock, remote } = services
  let activeAt = clock.now()

  async function keep(): Promise<void> {
    const script = await renewal({ holdS: 0, isUse: true, endS: 'keep' }, services)
    const [result] = await remote.run([nodeId], script, signal)
    const left = parseRenewal(result?.stdout ?? '')?.endsIn ?? null
    if (left === null) return
    for (;;) {
      await clock.sleep(Math.min(EVERY_MS, (left * 1000) / 3), signal)
      if (clock.now() - activeAt < IDLE_MS) await remote.tell([nodeId], script)
    }
  }
  return {
    active: () => void (activeAt = clock.now()),
    /** Never rejects: a shell goes on without it. */
    ended: keep().catch(() => {}),
  }
}
