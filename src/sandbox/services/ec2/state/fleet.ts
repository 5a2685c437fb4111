import type { Resource } from './resource.ts'

/** What is left of an instant fleet after its launch: a record, shown to who asks for it by id. */
export interface Fleet extends Resource {
  readonly kind: 'fleet'
  readonly clientToken: string | null
  readonly instanceIds: readonly string[]
  /** As CreateFleet answered, and the request's parts that describe calls show again, under their wire names. */
  readonly answer: { readonly errorSet: readonly object[]; readonly fleetInstanceSet: readonly object[] }
  readonly shown: Readonly<Record<string, unknown>>
  readonly launched: { readonly onDemand: number; readonly spot: number }
  state: 'active' | 'deleted_terminating'
}
