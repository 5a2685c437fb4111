/** How nodes are placed to each other: EC2's strategies, or none at all. */
export const PLACEMENTS = ['cluster', 'spread', 'partition', 'none'] as const
export type Placement = (typeof PLACEMENTS)[number]

/** A spread group takes seven running instances in each zone (EC2 User Guide, "Placement strategies": rack level). */
export const MOST_SPREAD = 7

/** A partition group has at most seven partitions in each zone (same page). */
export const MOST_PARTITIONS = 7

/** The placement group of a fleet's own; AWS's names are unique in an account and region. */
export function ownPlacementGroup(fleet: string): string {
  return `muster-${fleet}`
}
