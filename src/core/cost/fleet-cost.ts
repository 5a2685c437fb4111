import type { ObservedFleet, ObservedNode } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import { costOf, sumOf, times, type Cost, type CostPart, type Sum, type UsdPerHour } from './cost.ts'

/** What is known of an hour of an instance type; null where nobody knows. */
export interface Price {
  readonly usdPerHour: UsdPerHour
  /** The day that it is of, `2026-07-20`. */
  readonly asOf: string
}

export type PriceOf = (instanceType: string) => Price | null

const MS_PER_HOUR = 3_600_000

/** What a fleet will cost when it is up as wanted. No price of storage is known: it stays without one. */
export function costOfSpec({ nodes, storage }: FleetSpec, instanceType: string, priceOf: PriceOf): Cost {
  // What exists costs whoever made it.
  const disks = storage?.kind === 'new' ? [storagePart(`${storage.capacityGiB} GiB ${storage.deployment}`)] : []
  return costOf([nodesPart(nodes, instanceType, priceOf), ...disks])
}

/** What a fleet costs now: nodes that start or run, and storage until it is gone. */
export function costNow({ nodes, storage }: ObservedFleet, priceOf: PriceOf): Cost {
  const byType = Map.groupBy(nodes.filter(isBilled), (node) => node.instanceType)
  const disks = storage.filter((one) => one.state !== 'failed').map((one) => storagePart(`${one.capacityGiB} GiB`))
  return costOf([...[...byType].map(([type, members]) => nodesPart(members.length, type, priceOf)), ...disks])
}

/**
 * What the nodes that are up have cost since their launch, and the file systems since they were made. Nodes that have ended
 * are not in it: the cloud soon forgets them.
 */
export function spentSoFar({ nodes, storage }: ObservedFleet, priceOf: PriceOf, now: number): Sum {
  const hours = (since: number) => Math.max(0, now - since) / MS_PER_HOUR
  return sumOf([
    ...nodes
      .filter(isBilled)
      .map((node) => times(priceOf(node.instanceType)?.usdPerHour ?? null, hours(node.launchedAt))),
    ...storage.filter((one) => one.state !== 'failed').map(() => null),
  ])
}

function nodesPart(count: number, instanceType: string, priceOf: PriceOf): CostPart {
  const price = priceOf(instanceType)
  return {
    what: `${count} x ${instanceType}`,
    usdPerHour: times(price?.usdPerHour ?? null, count),
    asOf: price?.asOf ?? null,
  }
}

function storagePart(what: string): CostPart {
  return { what: `storage ${what}`, usdPerHour: null, asOf: null }
}

/** Stopped and ending instances are not billed: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
function isBilled(node: ObservedNode): boolean {
  return node.state === 'pending' || node.state === 'running'
}
