const KEPT = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TMPDIR|TERM|MUSTER_(?!SANDBOX_MARK).*)$/

/** What the daemon gets of a user's environment: no credentials, no tokens, nothing that changes how Node runs. */
export function daemonEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name)))
}
