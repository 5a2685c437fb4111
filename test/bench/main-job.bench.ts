import { join } from 'node:path'
import type { Row } from './row.ts'
import { rehearse, succeeded } from '../rehearsal/rehearse.ts'

const heat = join(import.meta.dirname, '..', '..', 'jobs', 'heat.yaml')

interface Said {
  readonly type: string
  readonly data: { readonly sinceReadyMs?: number }
}

/** `muster run jobs/heat.yaml` from nothing, the sandbox already started: what a second run costs. */
export async function measure(): Promise<readonly Row[]> {
  const rehearsal = rehearse()
  try {
    succeeded(await rehearsal.run('sandbox', 'start'))
    const ran = succeeded(await rehearsal.run('run', heat, '--progress', 'jsonl'))
    const first = ran.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Said)
      .find((event) => event.type === 'job.first-output')
    return [
      { what: 'cold muster run jobs/heat.yaml', value: seconds(ran.ms), limit: '25 s' },
      {
        what: 'fleet ready to first line of a rank',
        value: seconds(first?.data.sinceReadyMs ?? Number.NaN),
        limit: '1.5 s',
      },
    ]
  } finally {
    await rehearsal.close()
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
