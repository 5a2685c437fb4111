import type { LogStream } from '../../core/job/layout.ts'

/** One stream of a job: of a host (`node-0`) or of a rank (`rank-3`). */
export interface StreamName {
  readonly source: string
  readonly stream: LogStream
}

/** stdout and stderr of every source, or only the one that is asked for. */
export function streamsOf(sources: readonly string[], only: LogStream | null = null): StreamName[] {
  const streams = only === null ? (['stdout', 'stderr'] as const) : [only]
  return sources.flatMap((source) => streams.map((stream) => ({ source, stream })))
}
