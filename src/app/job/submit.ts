import { layout } from '../../core/job/layout.ts'
import type { BatchRecord, JobRecord } from '../../core/job/record.ts'
import { batchBundle } from '../../launch/batch-bundle.ts'
import { launchBundle } from '../../launch/bundle.ts'
import type { LaunchSettings } from '../../launch/settings.ts'
import { stageJobScript, startJobScript } from '../../launch/remote/job-scripts.ts'
import { nodeContext } from '../fleet/node-context.ts'
import { runOnNodes } from '../fleet/run-on-nodes.ts'
import type { Services } from '../services.ts'
import { runnersOf } from './records.ts'

export interface SubmitOptions {
  readonly archiveKey: string | null
  readonly mountPoint: string | null
  /** Whether MPI must use EFA. */
  readonly efa: boolean
}

/** Puts the job's record and all that its nodes need to start it into the bucket. From here on `muster logs` knows it. */
export async function submitJob(record: JobRecord, options: SubmitOptions, services: Services): Promise<void> {
  await put(record, await launchBundle(record, settingsOf(options, services)), services)
}

/** The same for tasks that one node is given together. */
export async function submitBatch(
  batch: BatchRecord,
  tasks: readonly JobRecord[],
  options: SubmitOptions,
  services: Services,
): Promise<void> {
  await put(batch, await batchBundle(batch, tasks, settingsOf(options, services)), services)
}

function settingsOf(options: SubmitOptions, { cloud }: Services): LaunchSettings {
  return { ...options, logIntervalMs: cloud.logIntervalMs }
}

async function put(record: JobRecord, bundle: Uint8Array, { objects }: Services): Promise<void> {
  await objects.putBytes(layout.launch(record.id), bundle)
  // Environment values may be secrets: the record, which people read, names them only.
  const shown = { ...record, spec: { ...record.spec, env: masked(record.spec.env) } }
  await objects.putBytes(layout.record(record.id), new TextEncoder().encode(JSON.stringify(shown)))
}

function masked(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(env).map((name) => [name, '***']))
}

/** Unpacks and prepares the job on its nodes, ahead of its start; doing it twice does nothing. */
export async function stageJob(
  record: JobRecord,
  sharedStorage: boolean,
  services: Services,
  signal: AbortSignal,
): Promise<void> {
  const text = stageJobScript(await nodeContext(services.objects), { job: record.id })
  const hosts = sharedStorage ? record.hosts.slice(0, 1) : record.hosts
  const script = { comment: `muster: stage ${record.id}`.slice(0, 100), text, timeoutS: 3600 }
  await runOnNodes(
    hosts.map((host) => host.id),
    script,
    'JobStartFailed',
    services,
    signal,
  )
}

/** Starts the runners, which then live by themselves. */
export async function startJob(record: JobRecord, services: Services, signal: AbortSignal): Promise<void> {
  const text = startJobScript(await nodeContext(services.objects), { job: record.id })
  const script = { comment: `muster: start ${record.id}`.slice(0, 100), text, timeoutS: 120 }
  await runOnNodes(
    runnersOf(record).map((host) => host.id),
    script,
    'JobStartFailed',
    services,
    signal,
  )
}
