import type { ObservedFleet, ObservedNode, ObservedStorage } from '../fleet/observed.ts'
import type { Price, PriceOf, StoragePriceOf } from './fleet-cost.ts'
import { endOf, type PaidThing } from './paid-thing.ts'

/** What is known beside what was observed. */
export interface SightingFacts {
  readonly account: string
  readonly now: number
  readonly priceOf: PriceOf
  readonly storagePriceOf: StoragePriceOf
  /** Cores of an instance type; null where nobody knows. */
  readonly coresOf: (instanceType: string) => number | null
  /** When whoever looks last saw it alive, by id; null where it never did. */
  readonly lastAlive: (id: string) => number | null
  /** What the ledger has of the fleet and account. */
  readonly known: readonly PaidThing[]
}

/** One look at a fleet as the ledger is told of it: what is there, what has ended, and what is not there any more. */
export function sightingsOf(fleet: ObservedFleet, facts: SightingFacts): PaidThing[] {
  const known = new Map(facts.known.map((one) => [keyOf(one), one]))
  const seen = [
    ...fleet.nodes.map((node) => nodeSighting(fleet.name, node, facts, known)),
    ...fleet.storage.filter(isPaid).map((one) => storageSighting(fleet.name, one, facts)),
  ]
  const there = new Set(seen.map(keyOf))
  const missing = facts.known.filter((one) => endOf(one) === null && !there.has(keyOf(one)))
  return [...seen, ...missing.map((one) => ({ ...one, lastAliveAt: aliveUntil(one, facts), goneAt: facts.now }))]
}

function aliveUntil({ id, lastAliveAt }: Pick<PaidThing, 'id' | 'lastAliveAt'>, { lastAlive }: SightingFacts): number {
  return Math.max(lastAliveAt, lastAlive(id) ?? 0)
}

/** By what the ledger tells one thing from another. */
export function keyOf({ kind, id, beganAt }: Pick<PaidThing, 'kind' | 'id' | 'beganAt'>): string {
  return `${kind} ${id} ${beganAt}`
}

function nodeSighting(
  fleet: string,
  node: ObservedNode,
  facts: SightingFacts,
  known: ReadonlyMap<string, PaidThing>,
): PaidThing {
  const { account, now, priceOf, coresOf } = facts
  const { id, cohort, instanceType, purchase, zone, launchedAt: beganAt, state } = node
  const before = known.get(keyOf({ kind: 'node', id, beganAt }))
  const lives = state === 'pending' || state === 'running'
  // What was never seen alive may have ended at once; the cloud mostly tells when.
  const seenAt = aliveUntil({ id, lastAliveAt: before?.lastAliveAt ?? beganAt }, facts)
  const lastAliveAt = lives ? Math.max(now, beganAt) : seenAt
  const isReady = lives && node.stages.has('verified')
  return {
    kind: 'node',
    id,
    account,
    fleet,
    cohort,
    what: instanceType,
    purchase,
    zone,
    cores: coresOf(instanceType),
    ...priced(priceOf(instanceType, { purchase, zone }), SOURCES[purchase]),
    beganAt,
    // How long it took to boot nobody knows of what was ready before anybody looked.
    readyAt: isReady ? (before === undefined ? beganAt : now) : null,
    lastAliveAt,
    goneAt: lives ? null : Math.max(now, lastAliveAt),
    endedAt: node.endedAt === null ? null : Math.max(node.endedAt, beganAt),
  }
}

const SOURCES = { 'on-demand': 'price list', spot: 'Spot price', 'capacity-block': 'paid ahead' } as const

function storageSighting(fleet: string, disk: ObservedStorage, facts: SightingFacts): PaidThing {
  const { id, capacityGiB, deployment, createdAt: beganAt } = disk
  const price = facts.storagePriceOf(disk)
  const whole = price === null ? null : { ...price, usdPerHour: price.usdPerHour * capacityGiB }
  return {
    kind: 'storage',
    id,
    account: facts.account,
    fleet,
    cohort: null,
    what: `${capacityGiB} GiB${deployment === null ? '' : ` ${deployment}`}`,
    purchase: null,
    zone: null,
    cores: null,
    ...priced(whole, 'price list'),
    beganAt,
    readyAt: disk.state === 'available' ? facts.now : null,
    lastAliveAt: Math.max(facts.now, beganAt),
    goneAt: null,
    endedAt: null,
  }
}

function priced(price: Price | null, source: string): Pick<PaidThing, 'usdPerHour' | 'priceFrom'> {
  if (price === null) return { usdPerHour: null, priceFrom: null }
  return { usdPerHour: price.usdPerHour, priceFrom: source === 'paid ahead' ? source : `${source}, ${price.asOf}` }
}

/** A file system that failed to be made is not billed. */
function isPaid({ state }: ObservedStorage): boolean {
  return state !== 'failed'
}
