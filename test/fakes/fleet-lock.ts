import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { FleetLocks } from '../../src/ports/fleet-lock.ts'

/** Locks in memory; `others` holds fleets on behalf of somebody else. */
export interface FakeFleetLocks extends FleetLocks {
  readonly others: Set<string>
  readonly held: ReadonlyMap<string, number>
}

export function fakeFleetLocks(): FakeFleetLocks {
  const others = new Set<string>()
  const held = new Map<string, number>()
  return {
    others,
    held,
    acquire: async (fleet) => {
      if (others.has(fleet)) throw new MusterError('FleetBusy', `fleet ${fleet} is in use by process 1 (another)`)
      held.set(fleet, (held.get(fleet) ?? 0) + 1)
      return {
        release: async () => {
          held.set(fleet, (held.get(fleet) ?? 1) - 1)
        },
      }
    },
  }
}
