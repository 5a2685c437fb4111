import { layout } from '../../../src/core/job/layout.ts'
import type { BatchRecord, JobRecord, RunnerState } from '../../../src/core/job/record.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import { batchBundle } from '../../../src/launch/batch-bundle.ts'
import type { LaunchSettings } from '../../../src/launch/settings.ts'
import { SETTINGS, SPEC, type TestNodes } from './test-node.ts'

let batches = 0

/**
 * Puts the bundle of a batch for node 0 into the bucket. What all tasks share is taken from the first. `again` makes it the
 * second attempt of the tasks of that job.
 */
export async function offerBatch(
  nodes: TestNodes,
  specs: readonly Partial<JobSpec>[],
  settings: Partial<LaunchSettings> = {},
  again: string | null = null,
): Promise<{ readonly job: string; readonly batch: string; readonly runs: readonly string[] }> {
  const job = again ?? `tasks-20260101-000000-${String((batches += 1)).padStart(4, '0')}`
  const nth = again === null ? '' : '.a2'
  const tasks = specs.map((spec, index) => record(`${job}.${index}${nth}`, spec, `${job}/checkpoint/${index}`))
  const runs = tasks.map(({ id }) => id)
  const { checkpoint: _, ...shared } = record(`${job}.b0-${again === null ? 1 : 2}`, specs[0] ?? {}, '')
  const batch: BatchRecord = { ...shared, runs }
  const bundle = await batchBundle(batch, tasks, { ...SETTINGS, ...settings })
  nodes.bucket.objects.set(layout.launch(batch.id), Buffer.from(bundle))
  return { job, batch: batch.id, runs }
}

/** What the node last said of a batch. */
export function readTasks(
  nodes: TestNodes,
  batch: string,
): { readonly phase: string; readonly tasks: Readonly<Record<string, RunnerState>> } | null {
  const text = nodes.bucket.objects.get(layout.state(batch, 'node-0'))
  return text === undefined ? null : (JSON.parse(text.toString()) as ReturnType<typeof readTasks>)
}

function record(id: string, spec: Partial<JobSpec>, checkpoint: string): JobRecord {
  const hosts = [{ id: 'i-0', name: 'node-0', ip: '127.0.0.1', slots: 2 }]
  return { version: 1, id, spec: { ...SPEC, ...spec }, fleet: 'hpc', hosts, checkpoint, submittedAt: 0 }
}
