import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { layout } from '../../core/job/layout.ts'
import type { BatchRecord, JobRecord } from '../../core/job/record.ts'
import type { Start } from '../../core/queue/start.ts'
import { checkpointFolder, taskSpec } from '../../core/queue/task-spec.ts'
import { submitBatch, submitJob, type SubmitOptions } from '../job/submit.ts'
import { mustUseEfa } from '../run/fabric.ts'
import type { Services } from '../services.ts'

/** What is known of the type of a run's nodes. */
export type FactsOf = (start: Start) => InstanceFacts

/** Puts what a node needs to begin a run into the bucket. */
export async function prepareRun(start: Start, facts: InstanceFacts, services: Services): Promise<JobRecord> {
  const record = recordOf(start, facts)
  await submitJob(record, optionsOf(start, facts, services), services)
  return record
}

/**
 * Puts what a node needs for a batch of tasks into the bucket, once: when some of it are started again the node may have the others
 * by now.
 */
export async function prepareBatch(
  batch: string,
  starts: readonly Start[],
  facts: InstanceFacts,
  services: Services,
): Promise<void> {
  const [first] = starts
  if (!first || (await services.objects.has(layout.record(batch)))) return
  const tasks = starts.map((start) => recordOf(start, facts))
  const { checkpoint: _, ...shared } = tasks[0]!
  const record: BatchRecord = { ...shared, id: batch, spec: first.task.job.spec, runs: tasks.map(({ id }) => id) }
  await submitBatch(record, tasks, optionsOf(first, facts, services), services)
}

function recordOf(start: Start, facts: InstanceFacts): JobRecord {
  const { job, key } = start.task
  return {
    version: 1,
    id: start.run,
    spec: taskSpec(job, key.index, start.placed.attempt),
    checkpoint: checkpointFolder(key),
    fleet: start.fleet,
    hosts: start.nodes.map((node) => ({ ...node, slots: facts.cores })),
    submittedAt: start.placed.at,
  }
}

function optionsOf({ task: { job } }: Start, facts: InstanceFacts, { cloud }: Services): SubmitOptions {
  const { description, archive } = job
  const mountPoint = description.storage?.mountPoint ?? null
  return { archiveKey: archive, mountPoint, efa: mustUseEfa(description, facts, cloud) }
}
