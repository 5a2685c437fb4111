import { describe, expect, it } from 'vitest'
import { workQueue } from '../../../../src/app/controller/work.ts'
import type { QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { playQueue, smallJob, type RunEnd } from './played-queue.ts'

const PASSES: RunEnd = { exitCode: 0, afterMs: 5_000 }
const FAILS: RunEnd = { exitCode: 3, afterMs: 1_000 }

/** An array of one-node tasks on a fleet of four. */
function array(tasks: number, more: Partial<QueuedJob> = {}): QueuedJob {
  return smallJob('array', { array: Array.from({ length: tasks }, (_, n) => n), ...more })
}

const keeping = { ...smallJob('array').description, badNodes: 'keep' as const }

async function drained(services: FakeServices, job: QueuedJob): Promise<Record<string, number>> {
  await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: false })
  await workQueue({ untilDrained: true }, services)
  return (await services.queue.counts(job.id))!
}

const quarantined = ({ events }: FakeServices) => events.of('node.quarantined').map(({ node, why }) => [node, why])

describe('bad nodes of a fleet that the queue works', () => {
  it('are found by what fails on them alone: tasks go elsewhere, the node is named and another takes its place', async () => {
    const services = fakeServices()
    let broken = ''
    const played = playQueue(services, (_, node) => ((broken ||= node) === node ? FAILS : PASSES))
    const counts = await drained(services, array(40))
    expect(quarantined(services)).toEqual([
      [broken, expect.stringMatching(/^\d attempts in a row failed on it while they ran/)],
    ])
    // It swallowed a few, of forty.
    expect(counts['failed']).toBeLessThan(8)
    expect(counts['done']).toBe(40 - counts['failed']!)
    const ends = new Map(services.events.of('node.quarantined').map((one) => [one.node, one]))
    expect(ends.size).toBe(1)
    expect(played.started.filter(({ node }) => node === broken)).toHaveLength(counts['failed']!)
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('are found by their check after a failure, before a third task is placed there, and cost nothing but one retry', async () => {
    const services = fakeServices()
    let broken = ''
    const played = playQueue(
      services,
      (_, node) => ((broken ||= node) === node ? FAILS : PASSES),
      (node, script) =>
        script.comment === 'muster: check' && node === broken
          ? { exitCode: 40, stderr: 'muster: the storage on /fsx cannot be written and read back: gone\n' }
          : {},
    )
    const counts = await drained(services, array(24, { retries: { exit: 2, node: 0, spot: 0 } }))
    expect(counts).toEqual({ done: 24 })
    expect(quarantined(services)).toEqual([[broken, 'the storage on /fsx cannot be written and read back: gone']])
    expect(played.started.filter(({ node }) => node === broken).length).toBeLessThanOrEqual(2)
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('are none where a program fails everywhere, or storage fails on all of them', async () => {
    const services = fakeServices()
    playQueue(
      services,
      () => FAILS,
      (_, script) => (script.comment === 'muster: check' ? { exitCode: 40, stderr: 'muster: it is full\n' } : {}),
    )
    expect(await drained(services, array(30))).toEqual({ failed: 30 })
    expect(quarantined(services)).toEqual([])
    expect(services.events.of('node.unclear').length).toBeGreaterThan(0)
  })

  it('stay where the fleet keeps them, take no task, and go with the fleet', async () => {
    const services = fakeServices()
    let broken = ''
    playQueue(
      services,
      (_, node) => ((broken ||= node) === node ? FAILS : PASSES),
      (node, { comment }) =>
        comment === 'muster: check' && node === broken
          ? { exitCode: 41, stderr: 'muster: 0 of 1 EFA interfaces answer\n' }
          : {},
    )
    const ended = new Map<string, number>()
    const terminate = services.compute.terminate.bind(services.compute)
    services.compute.terminate = async (ids) => {
      for (const id of ids) ended.set(id, services.clock.now())
      return terminate(ids)
    }
    const counts = await drained(services, array(24, { description: keeping, retries: { exit: 2, node: 0, spot: 0 } }))
    expect(counts).toEqual({ done: 24 })
    expect(services.events.of('node.quarantined')).toMatchObject([{ node: broken, isKept: true }])
    // Nobody ended it before the fleet went.
    expect(ended.get(broken)).toBe(Math.max(...ended.values()))
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('that fail a stage when they come up leave a cohort that goes on without them', async () => {
    const services = fakeServices()
    let broken = ''
    playQueue(
      services,
      () => PASSES,
      (node, { comment }) =>
        comment === 'muster: verify' && (broken ||= node) === node
          ? { exitCode: 41, stderr: 'muster: 0 of 1 EFA interfaces answer\n' }
          : {},
    )
    expect(await drained(services, array(8))).toEqual({ done: 8 })
    expect(quarantined(services)).toEqual([[broken, '0 of 1 EFA interfaces answer']])
    expect(services.events.of('queue.fleet-blocked')).toEqual([])
    expect(services.compute.alive('hpc')).toEqual([])
  })

  it('are not replaced for ever: after three in an hour the fleet is blocked, with the reason', async () => {
    const services = fakeServices()
    const bad = new Set<string>()
    // One node of every cohort is bad, and then the one that is left of it.
    playQueue(
      services,
      () => PASSES,
      (node, { comment }) => {
        if (comment !== 'muster: verify') return {}
        if (bad.has(node) || services.events.of('node.quarantined').length === bad.size) bad.add(node)
        return bad.has(node) ? { exitCode: 41, stderr: 'muster: 0 of 1 EFA interfaces answer\n' } : {}
      },
    )
    const gang = smallJob('gang')
    const job = { ...gang, spec: { ...gang.spec, nodes: 2, launcher: 'mpi' as const } }
    await services.queue.submit([job], { type: 'submitted', at: services.clock.now(), held: false })
    const working = workQueue({ untilDrained: false }, services)
    working.catch(() => undefined)
    const isBlocked = () =>
      services.events.of('queue.fleet-blocked').find(({ message }) => message.includes('found bad'))
    for (let tick = 0; isBlocked() === undefined; tick += 1) {
      expect(tick).toBeLessThan(4_000)
      await services.clock.sleep(500)
    }
    expect(isBlocked()?.message).toMatch(/^4 nodes were found bad within an hour, the last i-\w+ \(0 of 1 EFA/)
    const launched = services.events.of('plan.made').length
    await services.clock.sleep(600_000)
    expect(services.events.of('node.quarantined')).toHaveLength(4)
    expect(services.events.of('plan.made').length - launched).toBeLessThan(20)
    services.interrupts.abort()
    await expect(working).rejects.toBeDefined()
  })
})
