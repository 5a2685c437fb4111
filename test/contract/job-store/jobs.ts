import { BUILT_IN_FLEET } from '../../../src/config/settings.ts'
import { RETRIES, type QueuedJob } from '../../../src/core/queue/queued-job.ts'
import type { TaskEvent } from '../../../src/core/queue/task-event.ts'

export const AT = 1_800_000_000_000

/** A job as the queue has it. */
export function queuedJob(more: Partial<QueuedJob> = {}): QueuedJob {
  return {
    id: 'heat-20261123-143205-k7f2',
    fleet: 'hpc',
    description: BUILT_IN_FLEET,
    account: '123456789012',
    archive: null,
    spec: {
      name: 'heat',
      launcher: 'shell',
      nodes: 1,
      tasksPerNode: 1,
      program: { kind: 'argv', words: ['true'] },
      prepare: null,
      env: {},
      workdir: null,
      ignore: [],
      outputs: [],
      timeLimitS: null,
    },
    array: null,
    matrix: [],
    atOnce: null,
    priority: 0,
    after: [],
    share: false,
    retries: RETRIES,
    held: false,
    submittedAt: AT,
    ...more,
  }
}

export const BORN: TaskEvent = { type: 'submitted', at: AT, held: false }
