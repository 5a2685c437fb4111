import type { AccessPart, AccessRemoval, NetworkPart, NetworkRemoval } from '../../src/core/account/action.ts'
import { afterSetup, type SetupWorld } from '../../src/core/account/foresee-setup.ts'
import { emptyNetwork, type ObservedAccess, type ObservedNetwork } from '../../src/core/account/observed.ts'
import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { Access } from '../../src/ports/access.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Network } from '../../src/ports/network.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** The parts of a network whose states follow from the clock, and which hold what they are in. */
export interface FakeAccountNetwork extends Network, Scriptable<Network> {
  /** Something that is not ours holds the VPC. */
  occupy(occupied: boolean): void
}

const PACE_MS = 3000

export function fakeAccountNetwork(clock: Clock): FakeAccountNetwork {
  let seen = emptyNetwork(['us-east-1a', 'us-east-1b', 'us-east-1c'], ['172.31.0.0/16'])
  let occupied = false
  const changedAt = new Map<string, number>()
  const due = (id: string) => clock.now() - (changedAt.get(id) ?? 0) >= PACE_MS

  function later<P extends { readonly id: string; readonly state: string }>(parts: readonly P[]) {
    return parts
      .filter((part) => part.state !== 'deleting' || !due(part.id))
      .map((part) => (part.state === 'pending' && due(part.id) ? { ...part, state: 'available' as const } : part))
  }
  function aged(): ObservedNetwork {
    const nats = later(seen.nats)
    const addresses = nats.length > 0 ? seen.addresses : seen.addresses.map((one) => ({ ...one, inUse: false }))
    seen = { ...seen, nats, addresses, endpoints: later(seen.endpoints) }
    return seen
  }
  function change(work: { kind: 'make'; part: NetworkPart } | { kind: 'remove'; part: NetworkRemoval }) {
    const before = new Map([...seen.nats, ...seen.endpoints].map((part) => [part.id, part.state]))
    const world: SetupWorld = { network: seen, access: null }
    seen = afterSetup(world, { id: '', dependsOn: [], reason: '', ...work }, 'us-east-1').network
    for (const { id, state } of [...seen.nats, ...seen.endpoints])
      if (before.get(id) !== state) changedAt.set(id, clock.now())
  }
  const network = {
    observe: async () => aged(),
    make: async (part: NetworkPart) => change({ kind: 'make', part }),
    async remove(part: NetworkRemoval) {
      if (occupied && (part.what === 'subnet' || part.what === 'vpc')) {
        throw new MusterError('FleetBusy', `${part.id} has dependencies`)
      }
      change({ kind: 'remove', part })
    },
    occupy: (held: boolean) => void (occupied = held),
  }
  return scriptable<Network>(network, ['observe', 'make', 'remove']) as FakeAccountNetwork
}

export interface FakeAccess extends Access, Scriptable<Access> {
  /** What there is from now on. */
  put(access: ObservedAccess): void
  /** Actions that our policies do not allow; null where nobody may ask. */
  deny(actions: readonly string[] | null): void
}

export function fakeAccess(): FakeAccess {
  let seen: ObservedAccess = { role: null, profile: null, serviceRoles: [] }
  let lacking: readonly string[] | null = []
  const change = (work: { kind: 'grant'; part: AccessPart } | { kind: 'withdraw'; part: AccessRemoval }) => {
    const world: SetupWorld = { network: emptyNetwork([]), access: seen }
    seen = afterSetup(world, { id: '', dependsOn: [], reason: '', ...work }, 'us-east-1').access ?? seen
  }
  const access = {
    observe: async () => seen,
    grant: async (part: AccessPart) => change({ kind: 'grant', part }),
    withdraw: async (part: AccessRemoval) => change({ kind: 'withdraw', part }),
    denied: async (actions: readonly string[]) => lacking && actions.filter((action) => lacking?.includes(action)),
    put: (next: ObservedAccess) => void (seen = next),
    deny: (actions: readonly string[] | null) => void (lacking = actions),
  }
  return scriptable<Access>(access, ['observe', 'grant', 'withdraw', 'denied']) as FakeAccess
}
