import { succeeded } from '../rehearsal/rehearse.ts'
import { rehearseSimulated } from '../rehearsal/simulated.ts'
import type { Row } from './row.ts'

/** Scripted waits: boot is pending and registration together. */
const CASES = [
  { what: 'storage is the longest', pendingMs: 4_000, onlineMs: 20_000, fileSystemMs: 30_000 },
  { what: 'boot is the longest', pendingMs: 6_000, onlineMs: 30_000, fileSystemMs: 20_000 },
] as const

const MOST = 1.1

const FLEET = `fleets:
  ready: {type: c7g.large, nodes: 16, placement: cluster}
`

/** From the command to ready, the program's own start included, over the longest single wait: 1 would be perfect. */
export async function measure(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { what, ...waits } of CASES) {
    const rehearsal = await rehearseSimulated({ ...waits, commandMs: 50 }, FLEET)
    try {
      const { ms } = succeeded(await rehearsal.run('up'))
      succeeded(await rehearsal.run('down'))
      const longest = Math.max(waits.onlineMs, waits.fileSystemMs)
      const ratio = ms / longest
      rows.push({
        what: `16 nodes ready, ${what} (${longest / 1000} s)`,
        value: `${(ms / 1000).toFixed(2)} s, ${ratio.toFixed(3)} x`,
        limit: `${MOST} x`,
      })
      if (ratio > MOST) process.exitCode = 1
    } finally {
      await rehearsal.close()
    }
  }
  return rows
}
