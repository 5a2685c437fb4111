import { expect, it } from 'vitest'
import { heldBy, runningJobs } from '../../../src/app/job/busy-nodes.ts'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { jobId, submittedAt } from '../../../src/core/job/id.ts'
import { layout } from '../../../src/core/job/layout.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes } from './sample.ts'

async function world() {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet(FLEET, services)
  const { nodes } = await services.compute.observe('hpc')
  let planted = 0
  const plant = (options: { readonly phase?: string; readonly fleet?: string; readonly at?: number } = {}) => {
    const at = options.at ?? services.clock.now()
    const id = jobId(`j${(planted += 1)}`, at, 0.5)
    const hosts = nodes.map((node, rank) => ({ id: node.id, name: `node-${rank}`, ip: '', slots: 1 }))
    const record = { version: 1, id, spec: JOB, fleet: options.fleet ?? 'hpc', hosts, submittedAt: at }
    services.objects.plant(layout.record(id), JSON.stringify(record))
    if (options.phase !== undefined) {
      const state = { phase: options.phase, exitCode: null, reason: null, message: '', startedAt: at, updatedAt: at }
      services.objects.plant(
        layout.state(id, 'node-0'),
        JSON.stringify({ ...state, logBytes: null, outputBytes: null }),
      )
    }
    return id
  }
  return { services, nodes, plant, read: () => runningJobs('hpc', nodes, services) }
}

it('a job that has not ended holds its nodes; one that has, or of another fleet, holds none', async () => {
  const { plant, read, nodes } = await world()
  expect(await read()).toEqual([])
  plant({ fleet: 'other', phase: 'running' })
  plant({ phase: 'done' })
  expect(await read()).toEqual([])
  const id = plant({ phase: 'running' })
  const jobs = await read()
  expect(jobs).toEqual([{ id, nodeIds: nodes.map((node) => node.id) }])
  expect(heldBy(jobs)).toEqual(new Set(nodes.map((node) => node.id)))
})

it('a job that nobody has heard of holds its nodes for ten minutes, and one of before the launch never', async () => {
  const { services, plant, read } = await world()
  plant({ at: services.clock.now() - 24 * 3600_000, phase: 'running' })
  expect(await read()).toEqual([])
  plant()
  expect(await read()).toHaveLength(1)
  await services.clock.sleep(11 * 60_000)
  expect(await read()).toEqual([])
})

it('when a job was submitted is in its id', () => {
  const at = Date.UTC(2026, 10, 23, 14, 32, 5)
  expect(submittedAt(jobId('heat', at, 0.3))).toBe(at)
  expect(submittedAt('nonsense')).toBeNaN()
})
