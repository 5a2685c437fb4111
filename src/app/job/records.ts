import { compareText } from '../../kit/compare-text.ts'
import { isJobId, submittedAt } from '../../core/job/id.ts'
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
  const ids = (await objects.folders(layout.jobs())).filter(isJobId)
  return ids.toSorted((a, b) => submittedAt(b) - submittedAt(a) || compareText(b, a)).slice(0, most)
}
