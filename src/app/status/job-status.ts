import { layout } from '../../core/job/layout.ts'
import { parseRunnerState } from '../../core/job/parse-state.ts'
import type { Host, RunnerState } from '../../core/job/record.ts'
import { readRecord, runnersOf } from '../job/records.ts'
import type { JobStatus } from '../results/status.ts'
import type { Services } from '../services.ts'

/** Where a job stands by what its nodes said last; null where there is no such job. */
export async function jobStatus(
  id: string,
  services: Services,
): Promise<{ status: JobStatus; hosts: readonly Host[] } | null> {
  const record = await readRecord(services.objects, id)
  if (!record) return null
  const states = await Promise.all(
    runnersOf(record).map(async ({ name }) => {
      const bytes = await services.objects.getBytes(layout.state(id, name))
      return bytes ? parseRunnerState(new TextDecoder().decode(bytes)) : null
    }),
  )
  const known = states.filter((state): state is RunnerState => state !== null)
  const open = known.find((state) => state.phase !== 'done')
  const failed = known.find((state) => (state.exitCode ?? 0) !== 0)
  const ended = known.length > 0 && !open
  const status = {
    id,
    name: record.spec.name,
    fleet: record.fleet,
    phase: known.length === 0 ? ('unknown' as const) : (open?.phase ?? 'done'),
    exitCode: ended ? (failed?.exitCode ?? 0) : null,
    submittedAt: record.submittedAt,
  }
  return { status, hosts: record.hosts }
}

/** Nobody is left to say how a job ended whose nodes are all gone. */
export function withLoss(status: JobStatus, hosts: readonly Host[], alive: ReadonlySet<string>): JobStatus {
  const gone = status.phase !== 'done' && !hosts.some((host) => alive.has(host.id))
  return gone ? { ...status, phase: 'lost' } : status
}
