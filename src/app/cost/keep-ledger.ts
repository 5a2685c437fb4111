import type { PaidThing } from '../../core/cost/paid-thing.ts'
import { keyOf, sightingsOf } from '../../core/cost/sightings.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { Services } from '../services.ts'
import { unseenEnds } from './unseen-ends.ts'
import { knownStoragePrices, pricesAsBought } from './known-prices.ts'

/** What did not change is told again after so long, in milliseconds: an end that nobody sees is estimated by the last look. */
const AGAIN_MS = { sandbox: 5_000, aws: 60_000 } as const

interface Memory {
  /** What was told last, by thing: without the time of the look. */
  told: ReadonlyMap<string, string>
  at: number
  /** When each was last seen alive, by id. */
  readonly alive: Map<string, number>
  isSilent: boolean
}

/** What this process has told each ledger of each fleet. */
const memories = new WeakMap<Services['ledger'], Map<string, Memory>>()

/**
 * Tells the ledger what a look at a fleet showed: at once where something has changed, else now and then. Never throws: a ledger that
 * cannot be written must not keep a fleet from being ended. That it cannot is said once.
 */
export async function keepLedger(observed: ObservedFleet, services: Services): Promise<void> {
  const { ledger, clock, cloud, events } = services
  const all = memories.get(ledger) ?? new Map<string, Memory>()
  memories.set(ledger, all)
  const memory = all.get(observed.name) ?? { told: new Map(), at: -Infinity, alive: new Map(), isSilent: false }
  all.set(observed.name, memory)
  const told = shown(observed)
  const now = clock.now()
  for (const id of aliveIn(observed)) memory.alive.set(id, now)
  const changed = new Set([...told].filter(([id, words]) => memory.told.get(id) !== words).map(([id]) => id))
  // Of a fleet that is gone too: who saw it last may not have seen it end.
  const isDue = now - memory.at >= AGAIN_MS[cloud.name]
  if (changed.size === 0 && told.size === memory.told.size && !isDue) return
  memory.told = told
  if (isDue) memory.at = now
  try {
    const sightings = await look(observed, (id) => memory.alive.get(id) ?? null, services)
    // Of a thousand nodes that boot a few change at a time.
    const isNews = ({ id }: PaidThing) => isDue || changed.has(id) || !told.has(id)
    const news = sightings.filter(isNews)
    if (news.length > 0) await ledger.see(news)
  } catch (error) {
    if (!memory.isSilent) {
      const message = `${observed.name}: what it costs is not written down: ${error instanceof Error ? error.message : String(error)}`
      events.emit('warning', { message, hint: null })
    }
    memory.isSilent = true
  }
}

/** What the ledger has to learn when it changes. */
function shown({ nodes, storage }: ObservedFleet): Map<string, string> {
  return new Map([
    ...nodes.map(({ id, state, cohort, stages }) => [id, `${state} ${cohort} ${stages.has('verified')}`] as const),
    ...storage.map(({ id, state }) => [id, state] as const),
  ])
}

function aliveIn({ nodes, storage }: ObservedFleet): string[] {
  const alive = nodes.filter(({ state }) => state === 'pending' || state === 'running')
  return [...alive, ...storage].map(({ id }) => id)
}

async function look(
  observed: ObservedFleet,
  lastAlive: (id: string) => number | null,
  services: Services,
): Promise<PaidThing[]> {
  const { identity, ledger, clock } = services
  const now = clock.now()
  const [{ account, region }, all] = await Promise.all([
    identity.whoAmI(),
    ledger.paid({ fleet: observed.name, ids: null }),
  ])
  const known = all.filter((one) => one.account === account)
  const priced = new Set(known.filter((one) => one.usdPerHour !== null).map(keyOf))
  const counted = new Set(known.filter((one) => one.cores !== null).map((one) => one.id))
  const nodes = observed.nodes.filter(
    (one) => !priced.has(keyOf({ kind: 'node', id: one.id, beganAt: one.launchedAt })),
  )
  const disks = observed.storage.filter(
    (one) => !priced.has(keyOf({ kind: 'storage', id: one.id, beganAt: one.createdAt })),
  )
  const ends = await unseenEnds(observed, known, lastAlive, now, services)
  const aliveAt = (id: string) => Math.max(lastAlive(id) ?? 0, ends.get(id) ?? 0)
  const [priceOf, storagePriceOf, coresOf] = await Promise.all([
    pricesAsBought(nodes, region, services),
    knownStoragePrices(disks, region, services),
    knownCores(
      observed.nodes.filter(({ id }) => !counted.has(id)).map((node) => node.instanceType),
      services,
    ),
  ])
  return sightingsOf(observed, { account, now, priceOf, storagePriceOf, coresOf, lastAlive: aliveAt, known })
}

/** Cores of instance types, as far as they can be had; never throws. */
async function knownCores(types: readonly string[], { compute }: Services) {
  const asked = [...new Set(types)].map(
    async (type) =>
      [
        type,
        await compute.facts(type).then(
          ({ cores }) => cores,
          () => null,
        ),
      ] as const,
  )
  const cores = new Map(await Promise.all(asked))
  return (type: string) => cores.get(type) ?? null
}
