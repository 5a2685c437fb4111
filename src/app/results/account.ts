/** What `muster setup` would do. */
export interface SetupPreview {
  readonly goal: 'make' | 'remove'
  readonly cloud: string
  readonly region: string
  readonly account: string
  /** In order, if all goes well. */
  readonly actions: readonly {
    readonly id: string
    readonly kind: string
    readonly what: string
    readonly reason: string
    /** From when it is made until it is removed; 0 is free. */
    readonly usdPerHour: number
  }[]
  readonly usdPerHour: number
  readonly pricesOf: string
  /** What could not be read, and what is wrong with what others made. */
  readonly notes: readonly string[]
  /** True where nothing is to do. */
  readonly converged: boolean
}

export interface SetupResult extends SetupPreview {
  readonly ms: number
}

/** One line of the doctor. */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warn' | 'fail'
  readonly message: string
  /** A command to type, or an exact edit. */
  readonly fix: string | null
}

export interface DoctorResult {
  readonly cloud: string
  /** Null where the cloud did not answer. */
  readonly region: string | null
  readonly account: string | null
  readonly fleets: readonly string[]
  readonly findings: readonly Finding[]
  /** The worst of them. */
  readonly state: Finding['state']
}
