import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'

/** Tells the sandbox of one folder from that of another, by the folder's real path. */
export function sandboxMark(home: string): string {
  const real = existsSync(home) ? realpathSync(home) : home
  return createHash('sha256').update(`sandbox ${real}`).digest('hex').slice(0, 12)
}
