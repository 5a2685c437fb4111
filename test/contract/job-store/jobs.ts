import { BUILT_IN_FLEET } from '../../../src/config/settings.ts'
import type { PaidThing } from '../../../src/core/cost/paid-thing.ts'
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

/** A machine as the ledger has it. */
export function paidNode(more: Partial<PaidThing> = {}): PaidThing {
  return {
    kind: 'node',
    id: 'i-1',
    account: '123456789012',
    fleet: 'hpc',
    cohort: 'c0x2',
    what: 'hpc7g.16xlarge',
    purchase: 'on-demand',
    zone: 'us-east-1a',
    cores: 64,
    usdPerHour: 3.6,
    priceFrom: 'price list, 2026-07-20',
    beganAt: AT,
    readyAt: null,
    lastAliveAt: AT,
    goneAt: null,
    endedAt: null,
    ...more,
  }
}
