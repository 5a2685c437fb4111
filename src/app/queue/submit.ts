import { jobId } from '../../core/job/id.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { nearest } from '../../kit/nearest.ts'
import { tasksOf, type Dependency, type QueuedJob } from '../../core/queue/queued-job.ts'
import { uploadWorkdir } from '../job/upload-workdir.ts'
import { planFolder } from '../transfer/plan-folder.ts'
import type { Services } from '../services.ts'

export interface SubmitRequest {
  readonly spec: JobSpec
  readonly fleet: FleetSpec
  readonly queue: Pick<QueuedJob, 'array' | 'matrix' | 'atOnce' | 'priority' | 'after' | 'share' | 'retries' | 'held'>
  /** Says only whether it would be taken; nothing is sent or kept. */
  readonly testOnly: boolean
}

export interface SubmitResult {
  readonly job: string
  readonly tasks: number
  readonly fleet: string
  /** Whether anybody works the queue. */
  readonly isWorked: boolean
}

/**
 * Puts a job into the queue. Its folder goes up now: what runs is what was there when it was submitted. What could never run is refused
 * here, not in the night.
 *
 * @throws MusterError UsageInvalid for what no node of the fleet can do, JobUnknown for a job to wait for that nobody knows.
 */
export async function submitToQueue(request: SubmitRequest, services: Services): Promise<SubmitResult> {
  const { clock, ids, queue, identity, events, interrupts } = services
  const { spec, fleet } = request
  if (spec.nodes > fleet.maxNodes) throw tooLarge(spec.nodes, fleet)
  await mustKnow(request.queue.after, services)
  const folder = spec.workdir === null ? null : await planFolder(spec.workdir, spec.ignore)
  for (const message of folder?.warnings ?? []) events.emit('warning', { message, hint: null })
  const { account } = await identity.whoAmI()
  const now = clock.now()
  const job: QueuedJob = {
    ...request.queue,
    id: jobId(spec.name, now, ids.random()),
    fleet: fleet.name,
    description: fleet,
    account,
    archive: folder === null || request.testOnly ? null : await uploadWorkdir(folder, services, interrupts.signal),
    spec,
    submittedAt: now,
  }
  if (!request.testOnly) await queue.submit(job, { type: 'submitted', at: now, held: job.held })
  const isWorked = (await queue.holder(CONTROLLER, now)) !== null
  return { job: job.id, tasks: tasksOf(job).length, fleet: fleet.name, isWorked }
}

/** The lease of whoever works the queue. */
export const CONTROLLER = 'controller'

async function mustKnow(after: readonly Dependency[], { queue }: Services): Promise<void> {
  for (const { job } of after) {
    if ((await queue.job(job)) !== null) continue
    const known = await queue.jobs({ fleet: null, states: null, limit: 1000 })
    const near = nearest(
      job,
      known.map((one) => one.job.id),
    )
    throw new MusterError('JobUnknown', `there is no job ${job} to wait for`, {
      suggestions: near.length > 0 ? near.map((id) => `--after ${id}`) : ['muster jobs'],
    })
  }
}

function tooLarge(nodes: number, { name, maxNodes }: FleetSpec): MusterError {
  return new MusterError('UsageInvalid', `the job needs ${nodes} nodes, and fleet ${name} may have ${maxNodes}`, {
    suggestions: [`nodes: {max: ${nodes}} in fleets.${name} of muster.yaml`, `--nodes ${maxNodes}`],
  })
}
