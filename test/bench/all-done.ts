import { join } from 'node:path'
import { openJobStore } from '../../src/store/sqlite/job-store.ts'
import type { Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

/** The queue of a rehearsal, read without a process each time: that would take from what is measured. */
export function queueOf(rehearsal: Rehearsal) {
  return openJobStore(join(rehearsal.home, 'muster/queue/sandbox-us-east-1.db'))
}

/** Waits until every task of a job is done; throws where one ended otherwise. */
export async function allDone(rehearsal: Rehearsal, job: string): Promise<void> {
  const queue = queueOf(rehearsal)
  try {
    await until(
      `${job} is done`,
      async () => {
        const { waiting = 0, placed = 0, running = 0, done = 0, ...others } = (await queue.counts(job)) ?? {}
        if (Object.values(others).some((count) => count > 0)) throw new Error(`${job}: ${JSON.stringify(others)}`)
        return waiting + placed + running === 0 && done > 0
      },
      300_000,
    )
  } finally {
    queue.close()
  }
}
