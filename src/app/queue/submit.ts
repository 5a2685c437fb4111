import { jobIds } from '../../core/job/id.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { tasksOf, type Dependency, type QueuedJob } from '../../core/queue/queued-job.ts'
import { refuseLongJob } from '../job/refuse-long-job.ts'
import { refuseUnaffordable } from '../cost/refuse-unaffordable.ts'
import { uploadWorkdir } from '../job/upload-workdir.ts'
import { planFolder } from '../transfer/plan-folder.ts'
import type { Services } from '../services.ts'
import { jobCalled, jobsLike } from './job-called.ts'

export interface SubmitRequest {
  /** In the order in which they are to come. */
  readonly jobs: readonly JobToSubmit[]
  /** Says only whether they would be taken; nothing is sent or kept. */
  readonly testOnly: boolean
}

export interface JobToSubmit {
  /** What the others of the request call it in their `after`; null where nothing can name it. */
  readonly name: string | null
  readonly spec: JobSpec
  readonly fleet: FleetSpec
  readonly queue: Pick<QueuedJob, 'array' | 'matrix' | 'atOnce' | 'priority' | 'after' | 'share' | 'retries' | 'held'>
}

export interface SubmitResult {
  /** As they were asked for. */
  readonly jobs: readonly SubmittedJob[]
  /** Whether anybody works the queue. */
  readonly isWorked: boolean
}

export interface SubmittedJob {
  readonly name: string | null
  /** Null where it was only asked whether it would be taken: nobody could find it. */
  readonly job: string | null
  readonly tasks: number
  readonly fleet: string
}

/**
 * Puts jobs into the queue, all of them or none. Their folders go up now: what runs is what was there when they were submitted. What
 * could never run is refused here, not in the night.
 *
 * @throws MusterError LimitExceeded for what its limits never let begin, UsageInvalid for what no node of the fleet can do, JobUnknown for a job to wait for that nobody knows.
 */
export async function submitToQueue({ jobs, testOnly }: SubmitRequest, services: Services): Promise<SubmitResult> {
  const { clock, ids, queue, identity } = services
  const names = new Map(jobs.flatMap(({ name }, nth) => (name === null ? [] : [[name, nth] as const])))
  for (const job of jobs) if (job.spec.nodes > job.fleet.maxNodes) throw tooLarge(job)
  for (const { spec, fleet } of jobs) refuseLongJob(spec, fleet)
  const others = await awaited(
    jobs.flatMap((job) => job.queue.after.filter((one) => !names.has(one.job))),
    services,
  )
  for (const job of jobs) await refuseUnaffordable(job, services)
  warnOfLosses(jobs, services)
  const archives = await sendFolders(jobs, testOnly, services)
  const { account } = await identity.whoAmI()
  const now = clock.now()
  const made = jobIds(
    jobs.map(({ spec }) => spec.name),
    now,
    ids.random(),
  )
  const idOf = (name: string): string => made[names.get(name) ?? -1] ?? others.get(name) ?? name
  const queued = jobs.map((job, nth): QueuedJob => ({
    ...job.queue,
    after: job.queue.after.map((one) => ({ ...one, job: idOf(one.job) })),
    id: made[nth]!,
    fleet: job.fleet.name,
    description: job.fleet,
    account,
    archive: archives[nth] ?? null,
    spec: job.spec,
    // First come, first served holds within one request too.
    submittedAt: now + nth,
  }))
  const held = queued.some((job) => job.held)
  if (!testOnly) await queue.submit(queued, { type: 'submitted', at: now, held })
  const isWorked = (await queue.holder(CONTROLLER, now)) !== null
  return {
    jobs: queued.map((job, nth) => ({
      name: jobs[nth]!.name,
      job: testOnly ? null : job.id,
      tasks: tasksOf(job).length,
      fleet: job.fleet,
    })),
    isWorked,
  }
}

/** What a task keeps for its next attempt goes with its node where nothing is shared: nobody should learn that from Spot. */
function warnOfLosses(jobs: readonly JobToSubmit[], { events }: Services): void {
  const fleets = jobs.filter(({ queue }) => queue.retries.spot > 0).map(({ fleet }) => fleet)
  const losing = fleets.filter(({ capacity, storage }) => capacity.includes('spot') && storage === null)
  for (const name of new Set(losing.map((fleet) => fleet.name))) {
    events.emit('warning', {
      message: `fleet ${name} takes Spot nodes and has no storage: what a task leaves in MUSTER_CHECKPOINT_DIR is lost with its node, and its next attempt begins anew`,
      hint: `storage: {capacity: 1200} in fleets.${name} of muster.yaml`,
    })
  }
}

/** The lease of whoever works the queue. */
export const CONTROLLER = 'controller'

/** The key of each job's archive, null where it has no folder; a folder that several jobs have is looked at and sent once. */
async function sendFolders(
  jobs: readonly JobToSubmit[],
  testOnly: boolean,
  services: Services,
): Promise<readonly (string | null)[]> {
  const { events, interrupts } = services
  const sent = new Map<string, string | null>()
  const keys: (string | null)[] = []
  for (const { spec } of jobs) {
    const { workdir, ignore } = spec
    const what = JSON.stringify([workdir, ignore])
    if (workdir !== null && !sent.has(what)) {
      const folder = await planFolder(workdir, ignore)
      for (const message of folder.warnings) events.emit('warning', { message, hint: null })
      sent.set(what, testOnly ? null : await uploadWorkdir(folder, services, interrupts.signal))
    }
    keys.push(workdir === null ? null : (sent.get(what) ?? null))
  }
  return keys
}

/** The ids of the jobs that are waited for, by what they are called. */
async function awaited(after: readonly Dependency[], { queue }: Services): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const { job: word } of after) {
    const job = await jobCalled(word, '--after', queue)
    if (job === null) {
      const near = await jobsLike(word, queue)
      throw new MusterError('JobUnknown', `there is no job ${word} to wait for`, {
        suggestions: near.length > 0 ? near.map((id) => `--after ${id}`) : ['muster jobs'],
      })
    }
    found.set(word, job.id)
  }
  return found
}

function tooLarge({ name, spec: { nodes }, fleet }: JobToSubmit): MusterError {
  const which = name === null ? 'the job' : `job ${name}`
  const text = `${which} needs ${nodes} nodes, and fleet ${fleet.name} may have ${fleet.maxNodes}`
  return new MusterError('UsageInvalid', text, {
    suggestions: [`nodes: {max: ${nodes}} in fleets.${fleet.name} of muster.yaml`, `--nodes ${fleet.maxNodes}`],
  })
}
