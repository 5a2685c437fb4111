import { describe, expect, it } from 'vitest'
import { askOfTasks } from '../../../../src/app/queue/ask-of-tasks.ts'
import { workQueue } from '../../../../src/app/controller/work.ts'
import { taskName, type QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import type { TaskView } from '../../../../src/core/queue/task-view.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

async function submit(services: FakeServices, ...jobs: QueuedJob[]): Promise<void> {
  for (const job of jobs) {
    await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: job.held })
  }
}

async function views({ queue }: FakeServices): Promise<Record<string, TaskView>> {
  const tasks = await queue.tasks({ fleet: null, states: null, job: null })
  return Object.fromEntries(tasks.map(({ key, view }) => [taskName(key), view]))
}

const after = (job: string, on: 'ok' | 'any') => ({ after: [{ job: smallJob(job).id, on }] })

const stateOf = (all: Record<string, TaskView>) =>
  Object.fromEntries(Object.entries(all).map(([name, { state }]) => [name.replace(/-\d{8}-\d{6}-k7f2/, ''), state]))

describe('working the queue', () => {
  it('raises a fleet for what waits, runs all of it once, and leaves nothing', async () => {
    const services = fakeServices()
    const played = playQueue(services, () => ({ exitCode: 0, afterMs: 20_000 }))
    await submit(services, smallJob('array', { array: [0, 1, 2, 3, 4, 5] }), smallJob('one'))
    const result = await workQueue({ untilDrained: true }, services)
    expect(result.ended).toBe(7)
    const all = await views(services)
    expect(new Set(Object.values(all).map(({ state }) => state))).toEqual(new Set(['done']))
    expect(played.started.map(({ run }) => run).toSorted()).toEqual(Object.keys(all).toSorted())
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('begins again what failed as often as it may, and says how it ended', async () => {
    const services = fakeServices()
    const played = playQueue(services, (run) => ({ exitCode: run.startsWith('bad') ? 7 : 0, afterMs: 5_000 }))
    await submit(services, smallJob('bad', { retries: { exit: 2, node: 0, spot: 0 } }), smallJob('good'))
    await workQueue({ untilDrained: true }, services)
    const bad = (await views(services))[smallJob('bad').id]!
    expect(bad).toMatchObject({ state: 'failed', exitCode: 7 })
    expect(bad.attempts).toHaveLength(3)
    expect(played.started.filter(({ run }) => run.startsWith('bad'))).toHaveLength(3)
    // The fleet stays for what is begun again in a moment.
    expect(services.events.of('fleet.gone')).toHaveLength(1)
  })

  it('says once that nothing is left but what is held and what waits for it, and goes on when that is released', async () => {
    const services = fakeServices()
    playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
    const held = smallJob('held', { held: true })
    await submit(services, smallJob('one'), held, smallJob('later', after('held', 'ok')))
    const said: unknown[] = []
    const events: typeof services.events = {
      ...services.events,
      emit: (type, data) => {
        if (type !== 'warning') return
        said.push(data)
        void askOfTasks('release', held.id, services)
      },
    }
    await workQueue({ untilDrained: true }, { ...services, events })
    expect(said).toEqual([
      {
        message: '1 task is held, and the queue drains only when it is released or cancelled',
        hint: `muster release ${held.id}`,
      },
    ])
    expect(stateOf(await views(services))).toEqual({ one: 'done', held: 'done', later: 'done' })
  })

  it('keeps dependencies: what comes after waits, what can never be is cancelled', async () => {
    const services = fakeServices()
    const played = playQueue(services, (run) => ({ exitCode: run.startsWith('bad') ? 1 : 0, afterMs: 5_000 }))
    await submit(
      services,
      smallJob('first'),
      smallJob('bad'),
      smallJob('second', after('first', 'ok')),
      smallJob('never', after('bad', 'ok')),
      smallJob('anyway', after('bad', 'any')),
    )
    await workQueue({ untilDrained: true }, services)
    expect(stateOf(await views(services))).toEqual({
      first: 'done',
      bad: 'failed',
      second: 'done',
      never: 'cancelled',
      anyway: 'done',
    })
    const order = played.started.map(({ run }) => run.split('-')[0])
    expect(order.indexOf('second')).toBeGreaterThan(order.indexOf('first'))
  })

  it('gives a task that needs several nodes nodes of one cohort', async () => {
    const services = fakeServices()
    playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
    const gang = smallJob('gang')
    await submit(services, { ...gang, spec: { ...gang.spec, nodes: 3, launcher: 'mpi' } }, smallJob('one'))
    await workQueue({ untilDrained: true }, services)
    const all = await views(services)
    expect(all[gang.id]?.attempts[0]?.nodes).toHaveLength(3)
    expect(stateOf(all)).toEqual({ gang: 'done', one: 'done' })
  })

  it('begins a task elsewhere when its node dies', async () => {
    const services = fakeServices()
    let killed = false
    const played = playQueue(services, (run) => (run.endsWith('k7f2') ? null : { exitCode: 0, afterMs: 5_000 }))
    await submit(services, smallJob('one'))
    const watch = setInterval(() => {
      const [first] = played.started
      if (killed || !first) return
      killed = true
      services.compute.kill(first.node)
    }, 1)
    await workQueue({ untilDrained: true }, services).finally(() => clearInterval(watch))
    const view = (await views(services))[smallJob('one').id]!
    expect(view.state).toBe('done')
    expect(view.attempts.map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ['lost', 'node'],
      ['done', null],
    ])
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('goes on with other fleets when one of them cannot be', async () => {
    const services = fakeServices()
    playQueue(services, () => ({ exitCode: 0, afterMs: 5_000 }))
    const bad = smallJob('bad')
    const description = { ...bad.description, name: 'wrong', types: ['c9.none'] }
    await submit(services, { ...bad, fleet: 'wrong', description }, smallJob('good'))
    const working = workQueue({ untilDrained: false }, services)
    working.catch(() => undefined)
    for (let tick = 0; (await views(services))[smallJob('good').id]?.state !== 'done'; tick += 1) {
      expect(tick).toBeLessThan(10_000)
      await services.clock.sleep(500)
    }
    services.interrupts.abort()
    await expect(working).rejects.toBeDefined()
    expect((await views(services))[bad.id]?.state).toBe('waiting')
    expect(services.events.of('queue.fleet-blocked').map(({ fleet }) => fleet)).toContain('wrong')
  })
})
