/** The storage that a fleet's nodes mount: one that muster makes and answers for, or one that somebody else did. */
export type StorageSpec = NewStorage | ExistingStorage

export interface NewStorage {
  readonly kind: 'new'
  readonly capacityGiB: number
  readonly deployment: Deployment
  /** MB/s per TiB; null for SCRATCH_2, which has a fixed one. */
  readonly throughputPerTiB: number | null
  readonly compression: 'none' | 'lz4'
  /** Metadata operations a second of PERSISTENT_2: by its size, or so many; null for SCRATCH_2. */
  readonly metadata: 'automatic' | number | null
  /** Whether clients reach it over EFA. */
  readonly efa: boolean
  /** Where every node mounts it. */
  readonly mountPoint: string
  readonly imports: readonly StorageImport[]
  /** `s3://bucket/prefix`; null exports nothing. */
  readonly exportTo: string | null
  readonly onTeardown: OnTeardown
}

/** Never changed and never deleted. */
export interface ExistingStorage {
  readonly kind: 'existing'
  /** `fs-0123456789abcdef0`. */
  readonly id: string
  readonly mountPoint: string
}

export type Deployment = 'SCRATCH_2' | 'PERSISTENT_2'

/** What becomes of the data when the fleet is taken down. */
export type OnTeardown = 'export' | 'keep' | 'delete'

/** Objects of a bucket that appear as files. */
export interface StorageImport {
  /** A folder of the file system, from its root: `/data`. */
  readonly path: string
  /** `s3://bucket/prefix`. */
  readonly from: string
}
