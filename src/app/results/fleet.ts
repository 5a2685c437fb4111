export interface PhaseTime {
  readonly name: string
  readonly ms: number
}

export interface RaiseResult {
  readonly fleet: string
  readonly instanceType: string
  readonly nodes: readonly { readonly name: string; readonly id: string; readonly ip: string; readonly zone: string }[]
  /** True where it was up already. */
  readonly warm: boolean
  /** When it ends itself if nobody uses it; null where it never does, or where nobody asked. */
  readonly endsAt: number | null
  readonly phases: readonly PhaseTime[]
}

export interface RenewResult {
  readonly fleet: string
  readonly nodes: number
  /** When the first of them ends itself if nothing more comes, in milliseconds since the epoch; null is never. */
  readonly endsAt: number | null
  readonly leftS: number | null
  /** The same whatever comes: for its maximum life, or the fleet's spending limit. */
  readonly mostAt: number | null
  readonly mostS: number | null
}

/** A file system that outlives its fleet. */
export interface KeptStorage {
  readonly id: string
  readonly capacityGiB: number
  /** Why its data could not be exported; null where it is kept as was agreed. */
  readonly why: string | null
  readonly usdPerHour: number | null
}

export interface TakeDownResult {
  readonly fleet: string
  readonly kept: readonly KeptStorage[]
  /** What the API still shows of each kind: all zeros, but for storage that is kept and the security group that it holds. */
  readonly proof: Readonly<
    Record<'instances' | 'file systems' | 'templates' | 'placement groups' | 'security groups', number>
  >
  readonly nodes: number
  readonly ms: number
}
