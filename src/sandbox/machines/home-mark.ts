import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'

/** The environment variable that every process of a sandbox carries which is no process of a namespace node. */
export const markVariable = 'MUSTER_SANDBOX_MARK'

/** Names everything of the sandbox with this home, so that two sandboxes never touch each other's. */
export function homeMark(home: string): string {
  const real = existsSync(home) ? realpathSync(home) : home
  return createHash('sha256').update(real).digest('hex').slice(0, 12)
}
