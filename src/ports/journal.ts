/** Actions are written here before they are done, so that a crash is found again. One append is one fsynced line. */
export interface Journal {
  /** `token` is what the cloud gets as idempotency token. */
  intend(entry: {
    readonly fleet: string
    readonly action: string
    readonly kind: string
    readonly token: string
    readonly at: number
  }): void
  settled(entry: {
    readonly fleet: string
    readonly action: string
    readonly outcome: 'done' | 'failed'
    readonly at: number
  }): void
}
