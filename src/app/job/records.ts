import { compareText } from '../../kit/compare-text.ts'
import { isBatch, isJobId, jobOf, submittedAt } from '../../core/job/id.ts'
import { layout } from '../../core/job/layout.ts'
import type { Host, JobRecord } from '../../core/job/record.ts'
import type { ObjectStore } from '../../ports/object-store.ts'

/** Which hosts of a job have a runner: mpirun on the lead starts the others itself. */
export function runnersOf(record: Pick<JobRecord, 'hosts' | 'spec'>): readonly Host[] {
  return record.spec.launcher === 'mpi' ? record.hosts.slice(0, 1) : record.hosts
}

/** The record that a job was submitted with; null where there is none, or one of a newer muster. */
export async function readRecord(objects: ObjectStore, id: string): Promise<JobRecord | null> {
  const bytes = await objects.getBytes(layout.record(id))
  if (!bytes) return null
  const record = JSON.parse(new TextDecoder().decode(bytes)) as JobRecord
  return record.version === 1 ? record : null
}

/** Ids of the newest jobs in the bucket, the newest first. */
export async function newestJobs(objects: ObjectStore, most: number): Promise<string[]> {
  return newestOf(await idsIn(objects)).slice(0, most)
}

/** Those that were given nodes as one: of tasks that share nodes their batches, and not the tasks, of which nodes say nothing by themselves. */
export async function newestRuns(objects: ObjectStore, most: number): Promise<string[]> {
  const ids = await idsIn(objects)
  const inBatches = new Set(ids.filter(isBatch).map(jobOf))
  return newestOf(ids.filter((id) => isBatch(id) || !inBatches.has(jobOf(id)))).slice(0, most)
}

const idsIn = async (objects: ObjectStore): Promise<string[]> => (await objects.folders(layout.jobs())).filter(isJobId)

const newestOf = (ids: readonly string[]): string[] =>
  ids.toSorted((a, b) => submittedAt(b) - submittedAt(a) || compareText(b, a))
