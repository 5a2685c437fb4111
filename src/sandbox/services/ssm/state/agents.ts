import type { AgentDirectory, InstanceSummary, World } from '../../../world.ts'

/** Which nodes' agents have registered, and whether their connection stands. The machines report; nothing here polls. */
export interface Agents extends AgentDirectory {
  find(region: string, instanceId: string): Agent | undefined
  /** In the order of registration; nodes that EC2 has forgotten or terminated are left out. */
  list(region: string): readonly { readonly agent: Agent; readonly instance: InstanceSummary }[]
  close(): void
}

export interface Agent {
  readonly instanceId: string
  readonly registeredAt: number
  readonly connected: boolean
  readonly pingStatus: 'Online' | 'ConnectionLost'
  /** Of a connected agent: now. */
  lastPingAt(): number
}

interface Registration {
  readonly instanceId: string
  readonly registeredAt: number
  connected: boolean
  pingStatus: Agent['pingStatus']
  lostAt: number
  stopPingTimer: () => void
}

export interface AgentListeners {
  /** The connection came up or broke. */
  connection(region: string, instanceId: string): void
  gone(region: string, instanceId: string): void
}

export function createAgents(world: World, listeners: AgentListeners): Agents {
  const regions = new Map<string, Map<string, Registration>>()
  const of = (region: string): Map<string, Registration> => {
    const known = regions.get(region) ?? new Map<string, Registration>()
    regions.set(region, known)
    return known
  }
  const view = (entry: Registration): Agent => ({
    instanceId: entry.instanceId,
    registeredAt: entry.registeredAt,
    connected: entry.connected,
    pingStatus: entry.pingStatus,
    lastPingAt: () => (entry.connected ? world.clock.now() : entry.lostAt),
  })
  const find = (region: string, instanceId: string): Agent | undefined => {
    const entry = regions.get(region)?.get(instanceId)
    return entry && view(entry)
  }

  return {
    find,
    list: (region) =>
      [...of(region).values()].flatMap((entry) => {
        const instance = world.directories.instances?.find(region, entry.instanceId)
        return instance && instance.state !== 'terminated' ? [{ agent: view(entry), instance }] : []
      }),
    online(region, instanceId) {
      const known = of(region).get(instanceId)
      const entry = known ?? registration(instanceId, world.clock.now())
      entry.stopPingTimer()
      entry.connected = true
      entry.pingStatus = 'Online'
      of(region).set(instanceId, entry)
      listeners.connection(region, instanceId)
    },
    lost(region, instanceId) {
      const entry = of(region).get(instanceId)
      if (!entry?.connected) return
      entry.connected = false
      entry.lostAt = world.clock.now()
      entry.stopPingTimer = world.clock.after(world.pace.pingLostMs, () => {
        entry.pingStatus = 'ConnectionLost'
      })
      listeners.connection(region, instanceId)
    },
    gone(region, instanceId) {
      of(region).get(instanceId)?.stopPingTimer()
      of(region).delete(instanceId)
      listeners.gone(region, instanceId)
    },
    close() {
      for (const entries of regions.values()) for (const entry of entries.values()) entry.stopPingTimer()
    },
  }
}

function registration(instanceId: string, now: number): Registration {
  return { instanceId, registeredAt: now, connected: true, pingStatus: 'Online', lostAt: now, stopPingTimer: () => {} }
}
