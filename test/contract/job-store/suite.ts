import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TaskEvent } from '../../../src/core/queue/task-event.ts'
import type { Change, JobStore } from '../../../src/ports/job-store.ts'
import { AT, BORN, queuedJob } from './jobs.ts'

const END: TaskEvent = { type: 'finished', at: AT + 5, outcome: 'done', exitCode: 0, message: '' }
const KEY = { job: queuedJob().id, index: null }

function endOf(index: number, expects = 1): Change {
  return { key: { job: KEY.job, index }, event: END, expects }
}

async function shown(store: JobStore, fleet: string | null, limit: number): Promise<string[]> {
  return (await store.jobs({ fleet, states: null, limit })).map(({ job }) => job.id)
}

/** What every store of jobs keeps to. */
export function describeJobStore(name: string, open: () => Promise<JobStore>): void {
  describe(`the ${name} job store`, () => {
    let store: JobStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    it('gives back what was submitted, and takes a job in once', async () => {
      const job = queuedJob({ array: [0, 3, 7] })
      await store.submit([job], BORN)
      await store.submit([{ ...job, priority: 9 }], BORN)
      expect(await store.job(job.id)).toEqual(job)
      const tasks = await store.tasks({ fleet: 'hpc', states: ['waiting'], job: null })
      expect(tasks.map(({ key }) => key.index)).toEqual([0, 3, 7])
      expect(await store.history({ job: job.id, index: 3 })).toEqual([BORN])
      expect(await store.job('none')).toBeNull()
      expect(await store.task({ job: job.id, index: 1 })).toBeNull()
    })

    it('takes several jobs in together, and leaves those that are there already', async () => {
      const [first, second] = [queuedJob(), queuedJob({ id: 'mesh-20261123-143205-k7f2', array: [4, 5] })]
      await store.submit([first], BORN)
      await store.append([{ key: KEY, event: END, expects: 1 }], null)
      await store.submit([second, first], BORN)
      expect(await store.counts(second.id)).toEqual({ waiting: 2 })
      expect(await store.counts(first.id)).toEqual({ done: 1 })
    })

    it('adds an event only where nobody else has added one', async () => {
      await store.submit([queuedJob()], BORN)
      const change: Change = { key: KEY, event: { type: 'cancel-asked', at: AT + 1 }, expects: 1 }
      expect(await store.append([change], null)).toEqual([change])
      expect(await store.append([change], null)).toEqual([])
      expect((await store.task(KEY))?.view).toMatchObject({ cancelAsked: true, version: 2 })
      expect(await store.history(KEY)).toHaveLength(2)
    })

    it('writes those of many that fit, and leaves the others alone', async () => {
      await store.submit([queuedJob({ array: [0, 1] })], BORN)
      expect(await store.append([endOf(0, 4), endOf(1, 1), endOf(2, 1)], null)).toEqual([endOf(1, 1)])
    })

    it('counts the tasks of a job by state, and says when the last has ended', async () => {
      await store.submit([queuedJob({ array: [0, 1] })], BORN)
      await store.append([endOf(0)], null)
      const filter = { fleet: null, states: null, limit: 10 }
      expect(await store.jobs(filter)).toMatchObject([{ counts: { waiting: 1, done: 1 }, endedAt: null }])
      await store.append([endOf(1)], null)
      expect(await store.jobs(filter)).toMatchObject([{ counts: { done: 2 }, endedAt: AT + 5 }])
      expect(await store.jobs({ ...filter, states: ['waiting'] })).toEqual([])
      expect(await store.counts(KEY.job)).toEqual({ done: 2 })
      expect(await store.counts('none')).toBeNull()
    })

    it('lists the newest jobs first, of one fleet where it is asked for', async () => {
      const ids = [1, 2, 3].map((nth) => `a-20261123-14320${nth}-k7f2`)
      for (const [nth, id] of ids.entries()) {
        await store.submit([queuedJob({ id, fleet: nth === 1 ? 'gpu' : 'hpc', submittedAt: AT + nth })], BORN)
      }
      expect(await shown(store, null, 2)).toEqual([ids[2], ids[1]])
      expect(await shown(store, 'hpc', 9)).toEqual([ids[2], ids[0]])
    })

    it('lends a lease to one holder at a time, with a token that grows', async () => {
      const first = (await store.lease('queue', 'a', 1000, AT))!
      expect(await store.lease('queue', 'b', 1000, AT + 999)).toBeNull()
      expect(await store.renew(first, 1000, AT + 500)).toMatchObject({ until: AT + 1500 })
      const second = (await store.lease('queue', 'b', 1000, AT + 1500))!
      expect(second.token).toBeGreaterThan(first.token)
      expect(await store.renew(first, 1000, AT + 1600)).toBeNull()
      expect(await store.holder('queue', AT + 1600)).toMatchObject({ holder: 'b' })
      await store.release(second)
      expect(await store.holder('queue', AT + 1600)).toBeNull()
      expect((await store.lease('queue', 'c', 1000, AT + 1601))!.token).toBeGreaterThan(second.token)
    })

    it('lets nobody write whose lease another holds by now', async () => {
      await store.submit([queuedJob()], BORN)
      const old = (await store.lease('queue', 'a', 1000, AT))!
      await store.lease('queue', 'b', 1000, AT + 2000)
      await expect(store.append([{ key: KEY, event: END, expects: 1 }], old)).rejects.toMatchObject({
        code: 'LeaseLost',
      })
      expect((await store.task(KEY))?.view.state).toBe('waiting')
    })

    it('keeps small notes', async () => {
      await store.setNote('node/i-1', 'quarantined')
      await store.setNote('node/i-1', 'quarantined twice')
      expect(await store.note('node/i-1')).toBe('quarantined twice')
      await store.setNote('node/i-1', null)
      expect(await store.note('node/i-1')).toBeNull()
    })
  })
}
