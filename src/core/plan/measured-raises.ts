import type { PastAction } from './past-action.ts'

/** How long the phases of one raise took, in milliseconds; null for a phase that it did not have. */
export interface MeasuredRaise {
  readonly launch: number
  readonly boot: number
  readonly storage: number | null
  readonly prepare: number
}

/** Older raises tell of an older muster. */
const NEWEST = 5

/** The newest raises that went from a launch to nodes that were verified. */
export function measuredRaises(past: readonly PastAction[]): MeasuredRaise[] {
  const launches = past.flatMap((action, at) => (action.kind === 'launch-cohort' ? [at] : []))
  return launches.flatMap((from, nth) => measure(past.slice(from, launches[nth + 1])) ?? []).slice(-NEWEST)
}

/** The actions from one launch to before the next. Storage is asked for after the launch, and mounted as soon as it is there. */
function measure([launch, ...rest]: readonly PastAction[]): MeasuredRaise | null {
  const end = rest.findIndex((action) => action.kind === 'terminate-nodes')
  const own = end === -1 ? rest : rest.slice(0, end)
  const find = (kind: string) => own.find((action) => action.kind === kind)
  const install = find('install-nodes')
  const verify = find('verify-nodes')
  if (!launch || !install || !verify) return null
  const mount = find('mount-storage')
  const storage = find('create-storage') && mount ? mount.beganAt - launch.endedAt : null
  const boot = install.beganAt - launch.endedAt
  const readyMs = verify.endedAt - launch.endedAt
  return {
    launch: launch.endedAt - launch.beganAt,
    boot,
    storage,
    prepare: Math.max(0, readyMs - Math.max(boot, storage ?? 0)),
  }
}
