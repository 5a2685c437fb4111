import { attribute } from '../../core/cost/attribute.ts'
import { addSpent } from '../../core/cost/tally.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { parseTaskName, type TaskKey } from '../../core/queue/queued-job.ts'
import { nearest } from '../../kit/nearest.ts'
import { jobCalled } from '../queue/job-called.ts'
import type { CostResult } from '../results/cost.ts'
import type { Services } from '../services.ts'
import { refreshLedger } from './refresh-ledger.ts'

export interface CostRequest {
  /** A fleet, a job or one task of it; null takes all. */
  readonly of: string | null
  /** Milliseconds since the epoch; null from the beginning of the ledger. */
  readonly since: number | null
}

/**
 * What was paid and what for, by fleet and by job: the ledger, after a look at what is there now.
 *
 * @throws MusterError JobUnknown for what is no fleet or job that the ledger knows.
 */
export async function readCost({ of, since }: CostRequest, services: Services): Promise<CostResult> {
  const { cloud, clock, identity, ledger } = services
  const { account, region } = await identity.whoAmI()
  await refreshLedger(services)
  const at = clock.now()
  const all = (await ledger.paid({ fleet: null, ids: null })).filter((one) => one.account === account)
  const uses = await ledger.uses({ fleet: null, jobs: null })
  const fleetsThere = new Set(all.map((one) => one.fleet))
  const isFleet = of !== null && fleetsThere.has(of)
  const task = of === null || isFleet ? null : await taskCalled(of, services)
  const wanted = uses.filter(
    (use) => task !== null && use.job === task.job && (task.index === null || use.index === task.index),
  )
  if (of !== null && !isFleet && wanted.length === 0) {
    throw await unknown(of, [...fleetsThere], [...new Set(uses.map((use) => use.job))], services)
  }
  const { fleets, jobs } = attribute(
    isFleet ? all.filter((one) => one.fleet === of) : all,
    uses,
    { since: since ?? 0, now: at },
    task === null ? undefined : new Set(wanted.map((use) => use.run)),
  )
  const shown = task === null ? fleets : []
  return {
    cloud: cloud.name,
    region,
    account,
    since,
    at,
    fleets: shown.map((fleet) => ({ ...fleet, wasted: addSpent([fleet.boot, fleet.idle, fleet.failed]) })),
    jobs,
    paid: addSpent((task === null ? fleets : jobs).map((one) => one.paid)),
  }
}

/** By the job's id or name; a job of `muster run` is not in the queue, and goes by its id. */
async function taskCalled(of: string, { queue }: Services): Promise<TaskKey | null> {
  const task = parseTaskName(of)
  const called = task && (await jobCalled(task.job, 'muster cost', queue))
  return called ? { ...task, job: called.id } : task
}

/** A job that has not held a node yet has cost nothing: that is no mistake of whoever asks. */
async function unknown(
  of: string,
  fleets: readonly string[],
  jobs: readonly string[],
  { queue }: Services,
): Promise<MusterError> {
  const waits = (await jobCalled(parseTaskName(of)?.job ?? '', 'muster cost', queue)) !== null
  const near = nearest(of, [...fleets, ...jobs])
  const message = waits ? `${of} has held no node yet: it has cost nothing` : `no fleet or job ${of} has cost anything`
  return new MusterError('JobUnknown', message, {
    suggestions: waits
      ? [`muster why ${of}`]
      : near.length > 0
        ? near.map((one) => `muster cost ${one}`)
        : ['muster cost'],
  })
}
