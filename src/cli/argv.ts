/**
 * Words after `--` are the user's own program: no flag of ours is looked for in them, and oclif never sees them (it would
 * take the first for an argument).
 */
export interface SplitArgv {
  readonly own: readonly string[]
  /** Null where there is no `--`; empty where nothing follows it. */
  readonly program: readonly string[] | null
}

export function splitArgv(argv: readonly string[]): SplitArgv {
  const at = argv.indexOf('--')
  return at === -1 ? { own: argv, program: null } : { own: argv.slice(0, at), program: argv.slice(at + 1) }
}

/** True where a switch such as `--json` is among our own words: known before (and although) parsing fails. */
export function hasSwitch(argv: readonly string[], ...names: readonly string[]): boolean {
  return splitArgv(argv).own.some((word) => names.includes(word))
}
