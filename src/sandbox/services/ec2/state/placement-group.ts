import type { Resource } from './resource.ts'

export type Strategy = 'cluster' | 'spread' | 'partition'

export interface PlacementGroup extends Resource {
  readonly kind: 'placement-group'
  readonly name: string
  readonly strategy: Strategy
  readonly partitionCount: number | null
  readonly spreadLevel: 'rack' | null
  /** Instances in it that are not terminated: it cannot be deleted before this is empty. */
  readonly members: Set<string>
}
