import { judgeJob } from '../../core/job/judge.ts'
import type { NodeUse } from '../../core/cost/node-use.ts'
import { endOf } from '../../core/cost/paid-thing.ts'
import { observeFleet } from '../fleet/observe.ts'
import { fleetNames } from '../fleet/fleet-names.ts'
import { readRecord } from '../job/records.ts'
import { readStates } from '../job/states.ts'
import type { Services } from '../services.ts'

/**
 * Looks at every fleet that is there, or was when somebody last looked, so that the ledger knows which of them ended. What cannot be
 * looked at is said, and stays as it was.
 */
export async function refreshLedger(services: Services): Promise<void> {
  const { ledger, events } = services
  const open = (await ledger.paid({ fleet: null, ids: null })).filter((one) => endOf(one) === null)
  const names = new Set([...open.map((one) => one.fleet), ...(await fleetNames(services))])
  const runs = (await ledger.uses({ fleet: null, jobs: null })).filter((use) => use.until === null)
  const failed = (what: string) => (error: unknown) => {
    const message = `${what}: how it stands is unknown: ${error instanceof Error ? error.message : String(error)}`
    events.emit('warning', { message, hint: null })
  }
  await Promise.all([
    ...[...names].map((name) => observeFleet(name, services, 'unasked').catch(failed(name))),
    ...[...Map.groupBy(runs, (use) => use.job)].map(([job, uses]) => settle(job, uses, services).catch(failed(job))),
  ])
}

/** Of a job that `muster run` left behind nobody wrote down the end: its nodes told the bucket. The queue's own are its controller's. */
async function settle(job: string, uses: readonly NodeUse[], services: Services): Promise<void> {
  if ((await services.queue.job(job)) !== null) return
  const record = await readRecord(services.objects, job)
  if (record === null) return
  const states = await readStates(record, services.objects)
  const verdict = judgeJob({ states, lost: [] })
  if (verdict.kind !== 'ended') return
  const until = Math.max(...states.map(({ state }) => state?.updatedAt ?? 0))
  await services.ledger.use(uses.map((use) => ({ ...use, until: Math.max(use.from, until), outcome: verdict.outcome })))
}
