import type { Bought, Price, PriceOf, StoragePriceOf } from '../../core/cost/fleet-cost.ts'
import type { ObservedStorage } from '../../core/fleet/observed.ts'
import type { Services } from '../services.ts'

type Needs = Pick<Services, 'prices' | 'events'>
type StorageKind = Pick<ObservedStorage, 'deployment' | 'throughputPerTiB'>

/**
 * The on-demand prices of some instance types, as far as they can be had: never throws. Why one is unknown is an event that `-v`
 * shows; a price list that cannot be read must not keep a fleet from being seen.
 */
export async function knownPrices(instanceTypes: Iterable<string>, region: string, services: Needs): Promise<PriceOf> {
  const asked = [...new Set(instanceTypes)].map(
    async (instanceType) =>
      [
        instanceType,
        await known(instanceType, region, services, () => services.prices.onDemand(instanceType, region)),
      ] as const,
  )
  const prices = new Map(await Promise.all(asked))
  return (instanceType) => prices.get(instanceType) ?? null
}

/** The Spot prices of some types, by zone, as far as they can be had: never throws. */
export async function knownSpotPrices(
  instanceTypes: Iterable<string>,
  region: string,
  services: Needs,
): Promise<(instanceType: string, zone: string) => Price | null> {
  const asked = [...new Set(instanceTypes)].map(async (instanceType) => {
    const what = `${instanceType} on Spot`
    const zones = await known(what, region, services, () => services.prices.spot(instanceType, region))
    return [instanceType, zones ?? new Map<string, Price>()] as const
  })
  const prices = new Map(await Promise.all(asked))
  return (instanceType, zone) => prices.get(instanceType)?.get(zone) ?? null
}

/** What nodes cost as they were bought. A block is paid ahead: an hour of it costs nothing more. */
export async function pricesAsBought(
  nodes: readonly ({ readonly instanceType: string } & Bought)[],
  region: string,
  services: Needs,
): Promise<PriceOf> {
  const typesOf = (purchase: Bought['purchase']) =>
    nodes.filter((node) => node.purchase === purchase).map((node) => node.instanceType)
  const [onDemand, spot] = await Promise.all([
    knownPrices(typesOf('on-demand'), region, services),
    knownSpotPrices(typesOf('spot'), region, services),
  ])
  return (instanceType, bought) => {
    if (bought?.purchase === 'spot') return spot(instanceType, bought.zone)
    return bought?.purchase === 'capacity-block' ? { usdPerHour: 0, asOf: 'its purchase' } : onDemand(instanceType)
  }
}

/** The prices of a GiB of some kinds of storage, as far as they can be had: never throws. */
export async function knownStoragePrices(
  kinds: readonly StorageKind[],
  region: string,
  services: Needs,
): Promise<StoragePriceOf> {
  const byName = new Map(kinds.map((kind) => [nameOf(kind), kind]))
  const asked = [...byName].map(async ([name, { deployment, throughputPerTiB }]) => {
    if (deployment === null) return [name, null] as const
    const ask = () => services.prices.storage(deployment, throughputPerTiB, region)
    return [name, await known(`storage ${name}`, region, services, ask)] as const
  })
  const prices = new Map(await Promise.all(asked))
  return (kind) => prices.get(nameOf(kind)) ?? null
}

function nameOf({ deployment, throughputPerTiB }: StorageKind): string {
  return `${deployment}${throughputPerTiB === null ? '' : ` ${throughputPerTiB} MB/s/TiB`}`
}

async function known<T>(
  instanceType: string,
  region: string,
  { events }: Needs,
  ask: () => Promise<T | null>,
): Promise<T | null> {
  try {
    const price = await ask()
    if (price === null) events.emit('price.unknown', { instanceType, region, reason: 'the price list has none' })
    return price
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    events.emit('price.unknown', { instanceType, region, reason })
    return null
  }
}
