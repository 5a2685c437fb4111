import { join } from 'node:path'
import { hintInstead } from '../../core/errors/hint-instead.ts'
import { jobId } from '../../core/job/id.ts'
import type { JobRecord } from '../../core/job/record.ts'
import { EXIT } from '../../core/errors/codes.ts'
import { hasLimits } from '../../core/fleet/limits.ts'
import { mostHours } from '../../core/job/most-hours.ts'
import { fitTypes } from '../capacity/fit-types.ts'
import { factsOf } from '../../core/fleet/instance-facts.ts'
import { leaseKeeper } from '../fleet/lease-keeper.ts'
import { raiseFleet } from '../fleet/raise.ts'
import { leaveUp } from '../fleet/raise-and-leave.ts'
import { takeDown } from '../fleet/take-down.ts'
import { takeDownAfter } from '../fleet/take-down-after.ts'
import { withFleetLock } from '../fleet/with-lock.ts'
import { refuseLongJob } from '../job/refuse-long-job.ts'
import { runnersOf } from '../job/records.ts'
import { cancelJob } from '../job/cancel.ts'
import { startJob } from '../job/submit.ts'
import { followJob, type JobEnd } from '../job/follow.ts'
import type { RunRequest } from '../requests.ts'
import type { PhaseTime } from '../results/fleet.ts'
import type { RunResult } from '../results/job.ts'
import type { Services } from '../services.ts'
import { planFolder } from '../transfer/plan-folder.ts'
import { refuseJobAboveLimits } from '../cost/refuse-job.ts'
import { observeFleet } from '../fleet/observe.ts'
import { noteRun } from '../cost/note-run.ts'
import { checkSize } from './check-size.ts'
import { sayFabric } from './fabric.ts'
import { fetchResults } from './fetch-results.ts'
import { isOutOfSight, outOfSight } from './out-of-sight.ts'
import { interceptForJob } from './interrupted-job.ts'
import { keepLog } from './keep-log.ts'
import { savingResults } from './saving-results.ts'
import { stageAhead } from './stage-ahead.ts'

/**
 * The main job: raises the fleet, runs one job on it, streams it, fetches its results, takes the fleet down, and says how it
 * ended. Whatever fails after the fleet is up, the teardown still happens (unless the fleet is to be kept).
 *
 * @throws MusterError where muster itself failed; a job that fails is a result.
 */
export async function runJob(request: RunRequest, services: Services): Promise<RunResult> {
  return withFleetLock(request.fleet.name, `running ${request.job.name}`, services, () => run(request, services))
}

async function run(request: RunRequest, services: Services): Promise<RunResult> {
  const { clock, ids, events } = services
  checkSize(request.job, request.fleet)
  refuseLongJob(request.job, request.fleet)
  const asked = { ...request.fleet, nodes: request.job.nodes }
  const fitted = await fitTypes(asked, services, request.job.tasksPerNode)
  const id = jobId(request.job.name, clock.now(), ids.random())
  const { workdir, ignore } = request.job
  const workdirPlan = workdir === null ? null : await planFolder(workdir, ignore)
  for (const message of workdirPlan?.warnings ?? []) events.emit('warning', { message, hint: null })
  const phases: PhaseTime[] = []
  const fleet = fitted.wanted
  if (hasLimits(fleet)) {
    await refuseJobAboveLimits(request.job, fleet, await observeFleet(fleet.name, services), services)
  }
  const staging = stageAhead(id, request.job, workdirPlan, fleet, services)
  const raised = await raiseFleet(fleet, services, {
    fitted,
    waitCapacityMs: request.waitCapacityMs ?? null,
    approval: { yes: request.yes ?? false, jobHours: mostHours(request.job) },
    onProgress: staging.onProgress,
  }).catch(async (error: unknown) => {
    await staging.settled()
    throw error
  })
  sayFabric(fleet, factsOf(fitted.types, raised.instanceType), services)
  phases.push(...raised.phases)
  const readyAt = clock.now()
  const folder = join(request.resultsFolder, id)
  const kept = () => leaveUp(fleet, raised, services)
  let result: RunResult
  try {
    const record = await staging.finish(raised)
    const { name, launcher, tasksPerNode } = request.job
    events.emit('job.submitted', {
      job: id,
      name,
      launcher,
      nodes: record.hosts.length,
      tasks: record.hosts.length * tasksPerNode,
    })
    // A fleet that was up already may be near its end.
    const lease = leaseKeeper(raised.warm ? 0 : readyAt, services, { isUse: true })
    const keepLease = () =>
      lease.tick(
        fleet,
        raised.nodes.map((node) => node.id),
      )
    // Written down while it starts: nobody waits for the disk.
    const noted = noteRun(record, services)
    result = await runOn(record, { ...request, keepLease }, folder, readyAt, phases, services).catch(
      async (error: unknown) => {
        if (!isOutOfSight(error)) await (await noted)('lost')
        throw error
      },
    )
    const ended = await noted
    if (result.outcome !== 'detached') await ended(result.outcome)
  } catch (error) {
    if (request.keep) await kept()
    else if (!isOutOfSight(error)) await takeDownAfter(error, fleet.name, services)
    throw hintInstead(error, `muster logs ${id}`)
  }
  if (request.keep || result.outcome === 'detached') {
    await kept()
    return { ...result, kept: true }
  }
  const gone = await takeDown(fleet.name, services)
  phases.push({ name: 'teardown', ms: gone.ms })
  return { ...result, phases }
}

async function runOn(
  record: JobRecord,
  request: RunRequest & { readonly keepLease: () => void },
  folder: string,
  readyAt: number,
  phases: PhaseTime[],
  services: Services,
): Promise<RunResult> {
  const { clock, events, interrupts } = services
  let first = true
  const log = await keepLog(folder, runnersOf(record).length > 1, {
    write: async (chunk) => {
      if (first) events.emit('job.first-output', { job: record.id, sinceReadyMs: clock.now() - readyAt })
      first = false
      await request.output.write(chunk)
    },
  })
  const presses = interceptForJob(record, services)
  const failedStart = new AbortController()
  // The reading starts with the job, not after the start has been confirmed: that takes a poll of its own.
  const starting = startJob(record, services, interrupts.signal)
  starting.catch((error: unknown) => failedStart.abort(error))
  let end: JobEnd | null
  try {
    const signal = AbortSignal.any([interrupts.signal, failedStart.signal])
    const onSurvivors = () => cancelJob(record, services)
    const pause = async () => {
      request.keepLease()
      return presses.pause()
    }
    end = await followJob(record, { output: log, pause, onSurvivors, signal }, services)
  } catch (error) {
    throw failedStart.signal.aborted ? error : outOfSight(error, record)
  } finally {
    presses.release()
  }
  phases.push({ name: 'job', ms: clock.now() - readyAt })
  const base = { job: record.id, fleet: record.fleet, kept: request.keep, phases }
  if (!end) {
    await savingResults(record.id, () => log.close())
    return {
      ...base,
      outcome: 'detached',
      exitCode: EXIT.stillRunning,
      message: `it goes on; follow it with: muster logs ${record.id} -f`,
      results: null,
    }
  }
  const { outcome, exitCode, message } = end.verdict
  events.emit('job.ended', { job: record.id, exitCode, outcome, message, ms: clock.now() - readyAt })
  const collectedAt = clock.now()
  const files = await savingResults(
    record.id,
    async () => (await log.close()) + (await fetchResults(record.id, end.outputs, folder, services, interrupts.signal)),
  )
  phases.push({ name: 'results', ms: clock.now() - collectedAt })
  events.emit('results.saved', { job: record.id, folder, files })
  return { ...base, outcome, exitCode, message, results: { folder, files } }
}
