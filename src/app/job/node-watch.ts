import { isUp } from '../../core/fleet/observed.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { Services } from '../services.ts'

/** How often the cloud is asked whether a running job's nodes live, in milliseconds. */
const INTERVAL_MS = 3000
/** How long an agent may be away before its node counts as dead: an agent that flaps must not end a job. */
const OFFLINE_MS = 20_000

export interface NodeWatch {
  /** Hosts that have died, with the reason; asks the cloud at most every few seconds. */
  lost(): Promise<readonly { readonly host: string; readonly reason: string }[]>
}

/**
 * Watches the nodes of one job. A node is dead when the cloud says that it has ended, or when its agent is away for long and its
 * runner's heartbeat with it: one lost sight alone never ends a job.
 */
export function watchNodes(
  record: JobRecord,
  services: Services,
  heartbeat: (host: string) => number | null,
): NodeWatch {
  const { compute, remote, clock } = services
  const offlineSince = new Map<string, number>()
  const dead = new Map<string, string>()
  let askedAt = clock.now()

  const ask = async (): Promise<void> => {
    const [view, online] = await Promise.all([
      compute.observe(record.fleet),
      remote.online(record.hosts.map((host) => host.id)),
    ])
    const now = clock.now()
    const nodes = new Map(view.nodes.map((node) => [node.id, node]))
    for (const host of record.hosts) {
      const node = nodes.get(host.id)
      if (node && !isUp(node)) {
        dead.set(
          host.name,
          `instance ${host.id} is ${node.state}${node.stateReason === null ? '' : ` (${node.stateReason})`}`,
        )
      } else if (online.has(host.id)) {
        offlineSince.delete(host.id)
      } else {
        const since = offlineSince.get(host.id) ?? now
        offlineSince.set(host.id, since)
        const beat = heartbeat(host.name)
        const silent = beat === null || now - beat > OFFLINE_MS
        if (now - since > OFFLINE_MS && silent)
          dead.set(host.name, `instance ${host.id} does not answer: its SSM agent is gone`)
      }
    }
  }

  return {
    lost: async () => {
      if (clock.now() - askedAt >= INTERVAL_MS) {
        askedAt = clock.now()
        // A cloud that does not answer says nothing about the nodes.
        await ask().catch(() => undefined)
      }
      return [...dead].map(([host, reason]) => ({ host, reason }))
    },
  }
}
