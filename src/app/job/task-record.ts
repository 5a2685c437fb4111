import { isJobId } from '../../core/job/id.ts'
import { layout } from '../../core/job/layout.ts'
import type { BatchRecord, JobRecord } from '../../core/job/record.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import { readRecord } from './records.ts'

/** `<job>.17` or `<job>.17.a2`: with the job's id and its place in the array. */
const TASK = /^([a-z0-9-]+?)(?:\.(\d+))?(?:\.a\d+)?$/

/**
 * The record of a task that was given to its node in a batch: such a task has none of its own. Batches are named after their first
 * task, and tasks are given in order: the one that begins last before it is tried first. Null where none has it.
 */
export async function readTaskRecord(objects: ObjectStore, run: string): Promise<JobRecord | null> {
  const match = TASK.exec(run)
  if (!isJobId(run) || !match?.[1]) return null
  const [job, index] = [match[1], Number(match[2] ?? 0)]
  const prefix = `${layout.jobs()}${job}.b`
  const batches = (await objects.folders(prefix)).map((rest) => ({
    id: `${job}.b${rest}`,
    first: Number(rest.split('-')[0]),
  }))
  const distance = (first: number) => (first <= index ? index - first : Infinity)
  for (const { id } of batches.toSorted((a, b) => distance(a.first) - distance(b.first) || 0)) {
    const record = (await readRecord(objects, id)) as BatchRecord | null
    if (record?.runs?.includes(run)) {
      const { runs: _, ...own } = record
      return { ...own, id: run, batch: id }
    }
  }
  return null
}
