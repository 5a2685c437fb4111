export interface MachinesOptions {
  /** The sandbox's folder, which must exist: nodes live in `nodes/`, file systems in `fsx/`. */
  readonly home: string
  /** The port on 127.0.0.1 that answers the APIs. */
  readonly port: number
  /** The unix socket that answers the same; need not exist where nodes make no API calls. */
  readonly apiSocket: string
}
