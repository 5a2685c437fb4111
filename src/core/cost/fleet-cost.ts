import { isUp, type ObservedFleet, type ObservedNode, type ObservedStorage } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import { costOf, sumOf, times, type Cost, type CostPart, type Sum, type UsdPerHour } from './cost.ts'

/** What is known of an hour of an instance type; null where nobody knows. */
export interface Price {
  readonly usdPerHour: UsdPerHour
  /** The day that it is of, `2026-07-20`. */
  readonly asOf: string
}

/** How a node was bought and where: Spot has a price of its own in each zone. */
export type Bought = Pick<ObservedNode, 'purchase' | 'zone'>

/** Of one node; on demand where it is not said how it was bought. */
export type PriceOf = (instanceType: string, bought?: Bought) => Price | null

/** What one GiB of a kind of storage costs. */
export type StoragePriceOf = (kind: Pick<ObservedStorage, 'deployment' | 'throughputPerTiB'>) => Price | null

const MS_PER_HOUR = 3_600_000

const unknownStorage: StoragePriceOf = () => null

/** What a fleet will cost when it is up as wanted. */
export function costOfSpec(
  { nodes, storage }: FleetSpec,
  instanceType: string,
  priceOf: PriceOf,
  storagePriceOf = unknownStorage,
): Cost {
  // What exists costs whoever made it.
  const disks =
    storage?.kind === 'new'
      ? [storagePart(`${storage.capacityGiB} GiB ${storage.deployment}`, storage, storagePriceOf)]
      : []
  return costOf([nodesPart(nodes, instanceType, priceOf(instanceType)), ...disks])
}

/** What a fleet costs now: nodes that start or run, and storage until it is gone. */
export function costNow(
  { nodes, storage }: ObservedFleet,
  priceOf: PriceOf,
  storagePriceOf: StoragePriceOf = unknownStorage,
): Cost {
  const alike = Map.groupBy(nodes.filter(isUp), ({ instanceType, purchase, zone }) =>
    // Spot alone has a price for every zone.
    [instanceType, purchase, purchase === 'spot' ? zone : ''].join(' '),
  )
  const disks = storage.filter(isCharged).map((one) => storagePart(`${one.capacityGiB} GiB`, one, storagePriceOf))
  return costOf([...[...alike.values()].map((members) => membersPart(members, priceOf)), ...disks])
}

/**
 * What the nodes that are up have cost since their launch, and the file systems since they were made. Nodes that have ended
 * are not in it: the cloud soon forgets them.
 */
export function spentSoFar(
  { nodes, storage }: ObservedFleet,
  priceOf: PriceOf,
  now: number,
  storagePriceOf: StoragePriceOf = unknownStorage,
): Sum {
  const hours = (since: number) => Math.max(0, now - since) / MS_PER_HOUR
  return sumOf([
    ...nodes
      .filter(isUp)
      .map((node) => times(priceOf(node.instanceType, node)?.usdPerHour ?? null, hours(node.launchedAt))),
    ...storage.filter(isCharged).map((one) => times(storageUsd(one, storagePriceOf), hours(one.createdAt))),
  ])
}

function membersPart(members: readonly ObservedNode[], priceOf: PriceOf): CostPart {
  const [{ instanceType, purchase, zone }] = members as [ObservedNode]
  const how = { 'on-demand': '', spot: ` spot in ${zone}`, 'capacity-block': ' capacity block' }[purchase]
  return nodesPart(members.length, `${instanceType}${how}`, priceOf(instanceType, { purchase, zone }))
}

function nodesPart(count: number, what: string, price: Price | null): CostPart {
  return {
    what: `${count} x ${what}`,
    usdPerHour: times(price?.usdPerHour ?? null, count),
    asOf: price?.asOf ?? null,
  }
}

type Disk = Pick<ObservedStorage, 'capacityGiB' | 'deployment' | 'throughputPerTiB'>

function storagePart(what: string, disk: Disk, priceOf: StoragePriceOf): CostPart {
  return { what: `storage ${what}`, usdPerHour: storageUsd(disk, priceOf), asOf: priceOf(disk)?.asOf ?? null }
}

/** An hour of a whole file system; null where nobody knows. */
export function storageUsd(disk: Disk, priceOf: StoragePriceOf): number | null {
  return times(priceOf(disk)?.usdPerHour ?? null, disk.capacityGiB)
}

/** A file system that failed to be made is not billed; what is being deleted is, until it is gone. */
function isCharged({ state }: ObservedStorage): boolean {
  return state !== 'failed'
}
