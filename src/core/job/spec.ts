/** A user's program, after validation of the job file and the command line. */
export interface JobSpec {
  /** As the user wrote it: any text. Use `jobSlug` where a name has to be safe. */
  readonly name: string
  readonly launcher: 'mpi' | 'torchrun' | 'shell'
  readonly nodes: number
  readonly tasksPerNode: number
  /** What runs: one argument a word, passed literally, never through a shell; or a script that the user gave as such. */
  readonly program: Program
  /** Run once on the lead node in the work directory before the program starts, for example to compile it. */
  readonly prepare: Program | null
  readonly env: Readonly<Record<string, string>>
  /** The folder that goes up, absolute on the laptop; null sends nothing. */
  readonly workdir: string | null
  /** Patterns in .gitignore syntax of what stays behind. */
  readonly ignore: readonly string[]
  /** Glob patterns relative to the work directory of what comes back. */
  readonly outputs: readonly string[]
  /** Seconds; null has no limit. */
  readonly timeLimitS: number | null
  /** What its processes get besides the notice file when a node of theirs is about to end; none gets the file alone. */
  readonly noticeSignal?: NoticeSignal
}

/** Not SIGINT: every shell that waits has a handler for it, and ends itself by it. */
export const NOTICE_SIGNALS = ['USR1', 'USR2', 'TERM', 'HUP'] as const
export type NoticeSignal = (typeof NOTICE_SIGNALS)[number]

export type Program =
  | { readonly kind: 'argv'; readonly words: readonly string[] }
  /** Run by `/bin/sh -e`: the user asked for a shell. */
  | { readonly kind: 'script'; readonly text: string }
