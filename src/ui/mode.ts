export type ProgressMode = 'tty' | 'plain' | 'jsonl' | 'none'

/** How to show progress where nobody said: live on a terminal that a person looks at, plain lines everywhere else. */
export function defaultMode(
  stderr: { readonly isTTY?: boolean | undefined },
  env: Readonly<Record<string, string | undefined>>,
): ProgressMode {
  const isLive =
    stderr.isTTY === true && !isSet(env['CI']) && env['TERM'] !== 'dumb' && !isSet(env['MUSTER_NO_PROGRESS'])
  return isLive ? 'tty' : 'plain'
}

const isSet = (value: string | undefined) => value !== undefined && value !== '' && value !== '0' && value !== 'false'
