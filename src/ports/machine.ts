/** What the doctor asks of this machine. Nothing is made or changed. */
export interface LocalMachine {
  node(): Promise<{ readonly version: string; readonly least: string; readonly fits: boolean }>
  /** muster's folder: whether it can be written, and how much room is left, in bytes. */
  home(): Promise<{ readonly path: string; readonly writable: boolean; readonly freeBytes: number }>
  /** What sandbox nodes can be here, and which programs they lack. */
  sandbox(): Promise<{
    readonly kind: 'namespace' | 'process'
    /** Why not namespaces; null where they are. */
    readonly reason: string | null
    readonly missing: readonly {
      readonly program: string
      readonly package: string
      readonly neededFor: string
      readonly essential: boolean
    }[]
  }>
}
