import type { Deadlines } from '../core/plan/deadlines.ts'
import type { Access } from '../ports/access.ts'
import type { Clock } from '../ports/clock.ts'
import type { Compute } from '../ports/compute.ts'
import type { FleetLocks } from '../ports/fleet-lock.ts'
import type { CurrentLimits } from '../ports/current-limits.ts'
import type { EventSink } from '../ports/event-sink.ts'
import type { Identity } from '../ports/identity.ts'
import type { Ids } from '../ports/ids.ts'
import type { Images } from '../ports/images.ts'
import type { Interrupts } from '../ports/interrupts.ts'
import type { JobStore } from '../ports/job-store.ts'
import type { Journal } from '../ports/journal.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Network } from '../ports/network.ts'
import type { ObjectStore } from '../ports/object-store.ts'
import type { Prices } from '../ports/prices.ts'
import type { Prompter } from '../ports/prompter.ts'
import type { Quotas } from '../ports/quotas.ts'
import type { RemoteExec } from '../ports/remote-exec.ts'
import type { RemoteShell } from '../ports/remote-shell.ts'
import type { Shortages } from '../ports/shortages.ts'
import type { Storage } from '../ports/storage.ts'

/** Everything that the use cases need of the outside, in muster's words; wired in `cli/compose.ts` alone. */
export interface Services {
  readonly cloud: CloudFacts
  readonly compute: Compute
  readonly images: Images
  readonly storage: Storage
  readonly remote: RemoteExec
  readonly shell: RemoteShell
  readonly objects: ObjectStore
  readonly identity: Identity
  readonly prices: Prices
  readonly quotas: Quotas
  readonly network: Network
  readonly access: Access
  readonly shortages: Shortages
  readonly clock: Clock
  readonly ids: Ids
  readonly events: EventSink
  readonly journal: Journal
  /** The queue of this cloud and region. */
  readonly queue: JobStore
  readonly currentLimits: CurrentLimits
  /** What was paid for in this cloud and region. */
  readonly ledger: Ledger
  readonly locks: FleetLocks
  readonly interrupts: Interrupts
  readonly prompter: Prompter
  /** The same cloud in another of its regions. */
  inRegion(region: string): Services
}

/** What differs between clouds without being an operation. */
export interface CloudFacts {
  readonly name: 'sandbox' | 'aws'
  /** `free: it runs on this machine`, or how it is billed. */
  readonly cost: string
  readonly endpoint: string | null
  /** How often state is asked for, in milliseconds: the first wait and the longest. */
  readonly pollMs: { readonly first: number; readonly longest: number }
  /** How often a node sends what its job has written, in milliseconds. */
  readonly logIntervalMs: number
  /** What EFA interfaces of its nodes really carry: where it is `tcp` they can only be rehearsed with. */
  readonly fabric: 'efa' | 'tcp'
  readonly deadlines: Deadlines
  /** The shortest lease that a fleet may have, in seconds: its nodes have to boot within it. */
  readonly leastLeaseS: number
}
