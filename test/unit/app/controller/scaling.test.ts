import { describe, expect, it } from 'vitest'
import { lastChange } from '../../../../src/app/controller/last-change.ts'
import { workQueue } from '../../../../src/app/controller/work.ts'
import type { FleetSpec } from '../../../../src/core/fleet/spec.ts'
import type { QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import type { ScalingSpec } from '../../../../src/core/scaling/policy.ts'
import { newStorage } from '../../../../src/config/storage-spec.ts'
import { fakeClock } from '../../../fakes/clock.ts'
import { fakeInterrupts } from '../../../fakes/interrupts.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob } from './played-queue.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 23, 12, 55)

const fleet = (more: Partial<FleetSpec> = {}): FleetSpec => ({ ...smallJob('any').description, idleS: 60, ...more })

/** Nodes for ten minutes from 13:00 on. */
const AT_ONE: ScalingSpec = {
  policy: { kind: 'queue' },
  schedules: [
    { cron: '0 13 * * *', timeZone: 'UTC', min: 2, max: null },
    { cron: '10 13 * * *', timeZone: 'UTC', min: 0, max: null },
  ],
}

function world(): FakeServices {
  return fakeServices({ clock: fakeClock({ start: START }) })
}

/** A controller that can be stopped, as ctrl-C does. */
function controller(services: FakeServices, fleets: readonly FleetSpec[] = []) {
  const interrupts = fakeInterrupts()
  const working = workQueue({ untilDrained: false, fleets }, { ...services, interrupts }).catch(() => undefined)
  return {
    stop: async () => {
      interrupts.abort()
      await working
    },
  }
}

async function until(services: FakeServices, what: () => boolean | Promise<boolean>, minutes = 60): Promise<void> {
  const last = services.clock.now() + minutes * MINUTE
  while (!(await what())) {
    expect(services.clock.now()).toBeLessThan(last)
    await services.clock.sleep(1_000)
  }
}

const alive = ({ compute }: FakeServices) => compute.alive('hpc').length

describe('fleets that have nodes without any work', () => {
  it('are raised when a schedule says so, and go when the next one does', async () => {
    const services = world()
    playQueue(services, () => null)
    const { stop } = controller(services, [fleet({ scaling: AT_ONE })])
    await until(services, () => services.clock.now() >= START + 4 * MINUTE)
    expect(alive(services)).toBe(0)
    await until(services, () => alive(services) === 2)
    expect(services.clock.now()).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 23, 13, 0))
    await until(services, () => services.clock.now() >= Date.UTC(2026, 10, 23, 13, 9))
    expect(alive(services)).toBe(2)
    await until(services, () => alive(services) === 0)
    expect(services.clock.now()).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 23, 13, 10))
    expect(services.events.of('queue.scaling')[0]).toMatchObject({ launch: [2], why: { kind: 'below-min', min: 2 } })
    await stop()
  })

  it('shrink to their fewest when the work is done, and keep their storage', async () => {
    const services = world()
    playQueue(services, () => ({ exitCode: 0, afterMs: 20_000 }))
    const description = fleet({ minNodes: 1, storage: newStorage({}) })
    const job = smallJob('array', { array: [0, 1, 2, 3], description })
    await services.queue.submit([job], { type: 'submitted', at: START, held: false })
    const { stop } = controller(services, [description])
    await until(services, () => alive(services) === 4)
    await until(services, async () => (await services.queue.counts(job.id))?.done === 4)
    await until(services, () => alive(services) === 1)
    const later = services.clock.now() + 5 * MINUTE
    await until(services, () => services.clock.now() >= later)
    expect(alive(services)).toBe(1)
    expect(services.events.of('fleet.gone')).toEqual([])
    expect(await services.storage.list()).toHaveLength(1)
    await stop()
  })

  it('are taken down all the same by whoever works until all is drained', async () => {
    const services = world()
    playQueue(services, () => ({ exitCode: 0, afterMs: 20_000 }))
    const description = fleet({ minNodes: 2 })
    const job = smallJob('one', { description })
    await services.queue.submit([job], { type: 'submitted', at: START, held: false })
    await workQueue({ untilDrained: true, fleets: [description] }, services)
    expect(alive(services)).toBe(0)
    expect(services.events.of('queue.scaling').flatMap(({ launch }) => launch)).toEqual([2])
    expect(await lastChange('hpc', services.queue)).toBeNull()
  })
})

describe('the policy of the fleet', () => {
  const simple: ScalingSpec = {
    policy: {
      kind: 'simple',
      metric: 'waiting',
      threshold: 0.1,
      change: { kind: 'add', nodes: 1 },
      cooldownMs: 5 * MINUTE,
    },
    schedules: [],
  }

  it('decides, and its cooldown holds for whoever works the queue next', async () => {
    const services = world()
    playQueue(services, () => null)
    const description = fleet({ scaling: simple })
    const job = smallJob('array', { array: [0, 1, 2, 3, 4, 5], description })
    await services.queue.submit([{ ...job, spec: { ...job.spec, timeLimitS: null } }], {
      type: 'submitted',
      at: START,
      held: false,
    })
    const first = controller(services)
    await until(services, () => alive(services) === 1)
    const changed = await lastChange('hpc', services.queue)
    expect(changed).not.toBeNull()
    await first.stop()
    const second = controller(services)
    await until(services, () => alive(services) > 1)
    expect(services.clock.now()).toBeGreaterThanOrEqual(changed! + 5 * MINUTE)
    expect(alive(services)).toBe(2)
    await second.stop()
  })
})

describe('a fleet that is full', () => {
  it('makes room for a task that needs all of its nodes, whatever small tasks come after it', async () => {
    const services = world()
    playQueue(services, () => ({ exitCode: 0, afterMs: 30_000 }))
    const description = fleet({ maxNodes: 2 })
    const submit = async (name: string, nodes: number, more: Partial<QueuedJob> = {}) => {
      const job = smallJob(name, { description, submittedAt: services.clock.now(), ...more })
      const spec = { ...job.spec, nodes, launcher: 'mpi' } as const
      await services.queue.submit([{ ...job, spec }], { type: 'submitted', at: job.submittedAt, held: false })
      return job
    }
    const { stop } = controller(services)
    await submit('first', 1)
    await until(services, () => alive(services) === 1)
    await submit('second', 1)
    await until(services, () => alive(services) === 2)
    const gang = await submit('gang', 2)
    const later = await submit('later', 1, { array: Array.from({ length: 40 }, (_, index) => index) })
    await until(services, async () => (await services.queue.counts(gang.id))?.done === 1)
    expect((await services.queue.counts(later.id))?.waiting).toBeGreaterThan(20)
    expect(services.events.of('queue.scaling').map(({ why }) => why.kind)).toContain('make-room')
    await stop()
  })
})
