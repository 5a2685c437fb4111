import type { JobSpec } from '../core/job/spec.ts'
import type { QueueFlags, QueueOptions } from './queue-options.ts'

/** What the command line says of a job. */
export interface JobRequest {
  /** The job file as the user named it, relative to `cwd` or absolute. */
  readonly file: string | null
  /** The words after `--`: with a file they take the place of its command, without one they are an ad-hoc job. */
  readonly words: readonly string[] | null
  readonly overrides: JobOverrides
  /** Where the job is for the queue: what the flags say of that. */
  readonly queue?: QueueFlags
  readonly cwd: string
  /**
   * How many nodes the fleet has, for a job that names no number; called with the fleet's name, or null for the
   * default one: `(fleet) => chooseFleet(settings, fleet).nodes`.
   */
  readonly fleetNodes: (fleet: string | null) => number
}

/** Flags, unchecked; each wins over the same key of the file. */
export interface JobOverrides {
  readonly name?: string | undefined
  readonly fleet?: string | undefined
  readonly launcher?: string | undefined
  readonly nodes?: number | undefined
  readonly tasksPerNode?: number | undefined
  /** `NAME=VALUE`, added to the file's. */
  readonly env?: readonly string[] | undefined
  readonly timeLimit?: string | undefined
  /** A folder, relative to `cwd`; `none` sends nothing. */
  readonly workdir?: string | undefined
}

export interface LoadedJob {
  readonly spec: JobSpec
  /** The fleet that the flag or the file names; null leaves it to the settings. */
  readonly fleet: string | null
  /** What the queue does with it; `muster run` runs one task alone. */
  readonly queue: QueueOptions
}
