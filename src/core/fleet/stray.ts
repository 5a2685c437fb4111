/** Something of a fleet that hangs on no instance any more: what a crash, or another tool, has left. */
export interface Stray {
  readonly kind: 'interface' | 'volume'
  readonly id: string
  readonly fleet: string
  /** Milliseconds since the epoch; null where the cloud does not tell. */
  readonly createdAt: number | null
  /** Of a volume; null otherwise. */
  readonly sizeGiB: number | null
}
