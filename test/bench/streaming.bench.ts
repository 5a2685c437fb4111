import type { Row } from './row.ts'
import { rehearse, succeeded } from '../rehearsal/rehearse.ts'

const MEBIBYTES = 200

/** A job that writes 200 MiB without a newline: from its first byte to its last at our end, through segments in the bucket. */
export async function measure(): Promise<readonly Row[]> {
  const rehearsal = rehearse()
  try {
    succeeded(await rehearsal.run('run', '--nodes', '1', '--keep', '--', 'true'))
    const ran = succeeded(
      await rehearsal.run(
        'run',
        '--nodes',
        '1',
        '--keep',
        '--launcher',
        'shell',
        '--',
        'head',
        '-c',
        String(MEBIBYTES * 2 ** 20),
        '/dev/zero',
      ),
    )
    if (ran.bytes.length !== MEBIBYTES * 2 ** 20) throw new Error(`${ran.bytes.length} bytes came`)
    const ms = (ran.chunks.at(-1)?.at ?? 0) - (ran.chunks[0]?.at ?? 0)
    return [
      {
        what: `streaming ${MEBIBYTES} MiB of output`,
        value: `${((MEBIBYTES * 1.048576) / (ms / 1000)).toFixed(0)} MB/s`,
      },
    ]
  } finally {
    await rehearsal.close()
  }
}
