import { DEADLINES } from '../../src/core/plan/deadlines.ts'
import type { CloudFacts, Services } from '../../src/app/services.ts'
import { fakeAccess, fakeAccountNetwork, type FakeAccess, type FakeAccountNetwork } from './account.ts'
import { fakeClock, type FakeClock } from './clock.ts'
import { fakeCompute, type FakeCompute } from './compute.ts'
import { fakeEventSink, type FakeEventSink } from './event-sink.ts'
import { fakeFleetLocks, type FakeFleetLocks } from './fleet-lock.ts'
import { fakeIdentity, type FakeIdentity } from './identity.ts'
import { fakeIds } from './ids.ts'
import { fakeInterrupts, type FakeInterrupts } from './interrupts.ts'
import { fakeJobStore } from './job-store.ts'
import { fakeJournal, type FakeJournal } from './journal.ts'
import { fakeObjectStore, type FakeObjectStore } from './object-store.ts'
import { fakePrices, type FakePrices } from './prices.ts'
import { fakeImages, type FakeImages } from './images-port.ts'
import { fakeQuotas, type FakeQuotas } from './quotas.ts'
import { fakePrompter, type FakePrompter } from './prompter.ts'
import { fakeRemoteExec, type FakeRemoteExec } from './remote-exec.ts'
import { fakeRemoteShell, type FakeRemoteShell } from './remote-shell.ts'
import { fakeShortages, type FakeShortages } from './shortages.ts'
import { fakeStorage, type FakeStorage } from './storage.ts'

/** A whole cloud, keyboard and journal in memory: what use cases get in tests, with every fake's own levers. */
export interface FakeServices extends Services {
  readonly compute: FakeCompute
  readonly storage: FakeStorage
  readonly remote: FakeRemoteExec
  readonly shell: FakeRemoteShell
  readonly objects: FakeObjectStore
  readonly identity: FakeIdentity
  readonly prices: FakePrices
  readonly network: FakeAccountNetwork
  readonly access: FakeAccess
  readonly quotas: FakeQuotas
  readonly images: FakeImages
  readonly shortages: FakeShortages
  readonly clock: FakeClock
  readonly events: FakeEventSink
  readonly journal: FakeJournal
  readonly locks: FakeFleetLocks
  readonly interrupts: FakeInterrupts
  readonly prompter: FakePrompter
}

/** `overrides` take the place of single fakes; the others are wired to them (a given clock is everybody's clock). */
export function fakeServices(overrides: Partial<FakeServices> = {}): FakeServices {
  const clock = overrides.clock ?? fakeClock()
  const storage = overrides.storage ?? fakeStorage(clock)
  const compute = overrides.compute ?? fakeCompute({ clock, holds: (id) => storage.holds(id) })
  const store = fakeJobStore()
  const services: FakeServices = {
    cloud: fakeCloud,
    inRegion: () => services,
    remote: fakeRemoteExec((id) => compute.isOnline(id)),
    shell: fakeRemoteShell(),
    objects: fakeObjectStore(clock),
    identity: fakeIdentity(),
    prices: fakePrices(),
    network: fakeAccountNetwork(clock),
    access: fakeAccess(),
    images: fakeImages(clock),
    quotas: fakeQuotas(() => compute.running()),
    shortages: fakeShortages(),
    ids: fakeIds(),
    events: fakeEventSink(),
    journal: fakeJournal(),
    queue: store,
    ledger: store,
    currentLimits: { of: async ({ limits, project }) => ({ limits, project }) },
    locks: fakeFleetLocks(),
    interrupts: fakeInterrupts(),
    prompter: fakePrompter(),
    ...overrides,
    clock,
    storage,
    compute,
  }
  return services
}

const fakeCloud: CloudFacts = {
  name: 'sandbox',
  cost: 'free: it runs on this machine',
  endpoint: 'http://127.0.0.1:1',
  pollMs: { first: 50, longest: 1000 },
  logIntervalMs: 250,
  fabric: 'tcp',
  deadlines: DEADLINES,
  leastLeaseS: 5,
}
