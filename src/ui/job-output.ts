import type { LogStream } from '../core/job/layout.ts'

/** A piece of a job's output as it was written: raw bytes, in order within its source and stream. */
export interface JobOutput {
  /** `node-0` or `rank-3`. */
  readonly source: string
  readonly stream: LogStream
  readonly bytes: Uint8Array
  /** Byte offset of the first byte in its stream. */
  readonly offset: number
  /** When the node sent it, milliseconds since the epoch. */
  readonly sentAt: number
}
