import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Longest path that a unix socket takes everywhere: 104 bytes with the final NUL on macOS, 108 on Linux. */
const LONGEST = 103

/** Where the sandbox of a folder listens beside its port: inside the folder, or below /tmp where that would be too long. */
export function socketPath(home: string): string {
  const inside = join(home, 'api.sock')
  if (Buffer.byteLength(inside) <= LONGEST) return inside
  return join(tmpdir(), `muster-${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`)
}
