import type { FleetSpec } from '../core/fleet/spec.ts'
import type { JobSpec } from '../core/job/spec.ts'
import type { LogStream } from '../core/job/layout.ts'
import type { OutputSink } from '../ports/output-sink.ts'

/** What commands ask for: the use cases' inputs. Implemented by run/run-job.ts, fleet/raise.ts, fleet/take-down.ts, status/status.ts, logs/read-logs.ts. */
export interface RunRequest {
  readonly job: JobSpec
  readonly fleet: FleetSpec
  /** Agreed beforehand to what it costs. */
  readonly yes?: boolean
  /** How long room is waited for, in milliseconds; null, or left out, is not at all. */
  readonly waitCapacityMs?: number | null
  /** Leave the fleet for the next run. */
  readonly keep: boolean
  /** `results/` of the project: the job's own folder is made in it. */
  readonly resultsFolder: string
  readonly output: OutputSink
}

export interface LogsRequest {
  /** Null is the newest job. */
  readonly job: string | null
  readonly follow: boolean
  /** Null takes the nodes' own streams. */
  readonly rank: number | null
  /** A host name such as `node-1`; null takes all. */
  readonly node: string | null
  /** Null takes both. */
  readonly stream: LogStream | null
  readonly output: OutputSink
}

export interface ResultsRequest {
  /** Null is the newest job. */
  readonly job: string | null
  /** The folder in which the job's own folder is made. */
  readonly into: string
}
