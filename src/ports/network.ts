import type { NetworkPart, NetworkRemoval } from '../core/account/action.ts'
import type { ObservedNetwork } from '../core/account/observed.ts'

/** The network that `muster setup` makes for fleets, in one region. All throw MusterError, NotAllowed where a right is missing. */
export interface Network {
  /** What setup made, by tag; of other networks their ranges alone. */
  observe(): Promise<ObservedNetwork>
  /** Makes a part, or finds it made; resolves when the cloud shows it. */
  make(part: NetworkPart, action: string): Promise<void>
  /** As soon as the cloud accepts it; what is gone succeeds silently. Throws FleetBusy while something holds it. */
  remove(part: NetworkRemoval): Promise<void>
}
