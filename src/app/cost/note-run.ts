import type { JobRecord } from '../../core/job/record.ts'
import type { TaskOutcome } from '../../core/queue/task-event.ts'
import type { Services } from '../services.ts'

type Needs = Pick<Services, 'ledger' | 'events' | 'clock'>

/** Tells the ledger that a job outside the queue holds its nodes. Resolves with what tells how it ended. Never throws. */
export async function noteRun(record: JobRecord, services: Needs): Promise<(outcome: TaskOutcome) => Promise<void>> {
  const from = services.clock.now()
  await tell(record, { from, until: null, outcome: null }, services)
  return (outcome) => tell(record, { from, until: services.clock.now(), outcome }, services)
}

interface Held {
  readonly from: number
  readonly until: number | null
  readonly outcome: TaskOutcome | null
}

async function tell({ id, fleet, hosts }: JobRecord, held: Held, { ledger, events }: Needs): Promise<void> {
  const run = { run: id, job: id, index: null, attempt: 1, fleet, cores: null, ...held }
  await ledger.use(hosts.map((host) => ({ ...run, node: host.id }))).catch((error: unknown) => {
    const message = `${id}: what it costs is not written down: ${error instanceof Error ? error.message : String(error)}`
    events.emit('warning', { message, hint: null })
  })
}
