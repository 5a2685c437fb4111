import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskEvent } from '../../../src/core/queue/task-event.ts'
import type { JobStore } from '../../../src/ports/job-store.ts'
import type { Ledger } from '../../../src/ports/ledger.ts'
import { AT, BORN, paidNode, queuedJob } from './jobs.ts'

const EVERYTHING = { fleet: null, ids: null } as const
const ALL_USES = { fleet: null, jobs: null } as const

/** The first attempt of a task on two nodes, and its end. */
export const PLACED: TaskEvent & { readonly type: 'placed' } = {
  type: 'placed',
  at: AT + 10,
  attempt: 1,
  run: queuedJob().id,
  cohort: 'c0x2',
  nodes: ['i-1', 'i-2'].map((id, rank) => ({ id, name: `node-${rank}`, ip: '' })),
}
export const ENDED: TaskEvent = {
  type: 'attempt-ended',
  at: AT + 20,
  attempt: 1,
  outcome: 'failed',
  exitCode: 3,
  message: '',
  cause: 'exit',
  node: null,
  failedIn: 'running',
}

/** What every ledger keeps to. */
export function describeLedger(name: string, open: () => Promise<JobStore & Ledger>): void {
  describe(`the ${name} ledger`, () => {
    let store: JobStore & Ledger
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    it('merges what several saw of one thing, whichever came first', async () => {
      const first = paidNode({ usdPerHour: null, priceFrom: null, lastAliveAt: AT + 1 })
      const ready = paidNode({ readyAt: AT + 2, lastAliveAt: AT + 2, usdPerHour: 9 })
      const gone = paidNode({ lastAliveAt: AT + 2, goneAt: AT + 4, endedAt: AT + 3 })
      await store.see([gone])
      await store.see([first, ready])
      await store.see([first])
      expect(await store.paid(EVERYTHING)).toEqual([{ ...gone, readyAt: AT + 2, usdPerHour: expect.any(Number) }])
    })

    it('gives things by fleet and by id, the oldest first', async () => {
      const things = [paidNode({ id: 'i-2', beganAt: AT + 1 }), paidNode({ id: 'i-1' }), paidNode({ fleet: 'gpu' })]
      const [second, first, other] = things.map((one, nth) =>
        nth === 2 ? { ...one, id: 'i-9', beganAt: AT + 2 } : one,
      )
      await store.see([second!, first!, other!])
      expect(await store.paid({ fleet: 'hpc', ids: null })).toEqual([first, second])
      expect(await store.paid({ fleet: null, ids: ['i-9', 'i-2'] })).toEqual([second, other])
    })

    it('knows who holds nodes from the history of tasks', async () => {
      const job = queuedJob()
      await store.submit([job], BORN)
      const key = { job: job.id, index: null }
      await store.append([{ key, event: PLACED, expects: 1 }], null)
      const held = { run: job.id, job: job.id, index: null, attempt: 1, fleet: 'hpc', cores: null, from: AT + 10 }
      const taken = ['i-1', 'i-2'].map((node) => ({ ...held, node, until: null, outcome: null }))
      expect(await store.uses(ALL_USES)).toEqual(taken)
      await store.append([{ key, event: ENDED, expects: 2 }], null)
      const ended = taken.map((use) => ({ ...use, until: AT + 20, outcome: 'failed' }))
      expect(await store.uses({ fleet: 'hpc', jobs: [job.id] })).toEqual(ended)
      expect(await store.uses({ fleet: null, jobs: ['other'] })).toEqual([])
    })

    it('knows the cores of tasks that share a node, and is told of jobs outside the queue', async () => {
      const base = queuedJob({ array: [0, 1], share: true })
      const job = { ...base, spec: { ...base.spec, tasksPerNode: 3 } }
      await store.submit([job], BORN)
      const run = `${job.id}.1`
      await store.append([{ key: { job: job.id, index: 1 }, event: { ...PLACED, run }, expects: 1 }], null)
      const [shared] = await store.uses(ALL_USES)
      expect(shared).toMatchObject({ run, index: 1, cores: 3 })
      const own = { ...shared!, run: 'run-1', job: 'run-1', index: null, fleet: 'gpu', cores: null }
      await store.use([own])
      await store.use([{ ...own, until: AT + 30, outcome: 'done' }])
      expect(await store.uses({ fleet: 'gpu', jobs: null })).toEqual([{ ...own, until: AT + 30, outcome: 'done' }])
    })
  })
}
