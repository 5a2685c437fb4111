const DEFAULT_MINUTES = 30

/**
 * Calls `stop` once when no machine has lived and no AWS call has come for MUSTER_SANDBOX_IDLE_MINUTES (30; 0 is never). Keeps no
 * process alive.
 */
export function stopWhenIdle(
  use: () => { readonly lastCall: number; readonly machines: number },
  env: NodeJS.ProcessEnv,
  stop: () => void,
): void {
  const set = Number(env['MUSTER_SANDBOX_IDLE_MINUTES'] ?? DEFAULT_MINUTES)
  const idleMs = (Number.isFinite(set) && set >= 0 ? set : DEFAULT_MINUTES) * 60_000
  if (idleMs === 0) return
  let busyAt = Date.now()
  const timer = setInterval(
    () => {
      const { lastCall, machines } = use()
      if (machines > 0) busyAt = Date.now()
      if (Date.now() - Math.max(busyAt, lastCall) < idleMs) return
      clearInterval(timer)
      stop()
    },
    Math.max(20, Math.min(idleMs / 4, 60_000)),
  )
  timer.unref()
}
