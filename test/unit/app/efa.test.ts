import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { runJob } from '../../../src/app/run/run-job.ts'
import type { FleetSpec } from '../../../src/core/fleet/spec.ts'
import { layout } from '../../../src/core/job/layout.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes } from './sample.ts'

let resultsFolder: string
beforeEach(async () => {
  resultsFolder = await mkdtemp(join(tmpdir(), 'muster-results-'))
})
afterEach(() => rm(resultsFolder, { recursive: true, force: true }))

function world(fabric: 'efa' | 'tcp' = 'tcp'): FakeServices {
  const plain = fakeServices()
  const services = { ...plain, cloud: { ...plain.cloud, fabric } }
  playNodes(services)
  return services
}

async function run(fleet: FleetSpec, services: FakeServices): Promise<string> {
  const output = { write: async () => undefined }
  const { job } = await runJob(
    { job: { ...JOB, tasksPerNode: 1 }, fleet, keep: false, resultsFolder, output },
    services,
  )
  return gunzipSync((await services.objects.getBytes(layout.launch(job))) ?? '').toString()
}

const verified = (services: FakeServices) =>
  services.remote.ran.find(({ script }) => script.comment === 'muster: verify')?.script.text ?? ''

describe('EFA of a fleet', () => {
  it('is said with the launch, counted by the verification, and said when the fleet is ready', async () => {
    const services = world()
    await raiseFleet(FLEET, services)
    const done = services.events.of('action.done').map((one) => one.what)
    expect(done).toContain('+2 hpc7g.16xlarge us-east-1a cluster, EFA x1')
    expect(services.events.of('fleet.ready')).toMatchObject([{ efaInterfaces: 1 }])
    expect(verified(services)).toMatch(/verify\S* i-\S+ \/fsx 1 /)
  })

  it('is not counted where the fleet does without', async () => {
    const services = world()
    await raiseFleet({ ...FLEET, efa: 'off' }, services)
    const done = services.events.of('action.done').map((one) => one.what)
    expect(done).toContain('+2 hpc7g.16xlarge us-east-1a cluster')
    expect(verified(services)).toMatch(/verify\S* i-\S+ \/fsx 0 /)
  })

  it('that is required of a type without it is refused before anything is made, naming types that have it', async () => {
    const wanted: FleetSpec = { ...FLEET, types: ['t3.micro'], placement: 'none', efa: 'required' }
    const refusal = {
      code: 'InstanceTypeUnfit',
      message: expect.stringContaining('t3.micro (x86_64) has no EFA; these can: hpc6a.48xlarge'),
    }
    const [up, job] = [world(), world()]
    await expect(raiseFleet(wanted, up)).rejects.toMatchObject(refusal)
    await expect(run(wanted, job)).rejects.toMatchObject(refusal)
    for (const services of [up, job])
      expect(new Set(services.compute.calls.map((call) => call.name)).difference(new Set(['network']))).toEqual(
        new Set(['facts', 'typesFor']),
      )
  })

  it('that a fleet which is up lacks is no longer to be had: refused, never TCP in silence', async () => {
    const services = world()
    await raiseFleet({ ...FLEET, efa: 'off' }, services)
    await expect(raiseFleet(FLEET, services)).rejects.toMatchObject({
      code: 'FleetMismatch',
      message: expect.stringContaining('EFA x1 is wanted'),
    })
    expect(services.compute.alive('hpc')).toHaveLength(2)
    expect(await raiseFleet({ ...FLEET, efa: 'off' }, services)).toMatchObject({ warm: true })
  })
})

describe('what a job runs over', () => {
  it('is EFA and nothing else where the cloud carries it, without a word', async () => {
    const services = world('efa')
    expect(await run(FLEET, services)).toMatch(/^efa=1$/m)
    expect(services.events.of('fabric.rehearsed')).toEqual([])
    expect(services.events.of('fabric.unused')).toEqual([])
  })

  it('is TCP in a cloud without EFA hardware, and one event says so', async () => {
    const services = world('tcp')
    expect(await run(FLEET, services)).toMatch(/^efa=0$/m)
    expect(services.events.of('fabric.rehearsed')).toEqual([{ fleet: 'hpc', efaInterfaces: 1 }])
    expect(services.events.of('fabric.unused')).toEqual([])
  })

  it.each([
    ['off', 'cluster', 'off'],
    ['auto', 'none', 'placement'],
  ] as const)('is TCP with efa %s and placement %s, and one warning says why', async (efa, placement, why) => {
    const services = world('efa')
    expect(await run({ ...FLEET, efa, placement }, services)).toMatch(/^efa=0$/m)
    const unused = { fleet: 'hpc', instanceType: 'hpc7g.16xlarge', efaInterfaces: 1, why }
    expect(services.events.of('fabric.unused')).toEqual([unused])
  })

  it('is TCP without a warning on a type that has no EFA', async () => {
    const services = world('efa')
    expect(await run({ ...FLEET, types: ['t3.micro'], placement: 'none', nodes: 2 }, services)).toMatch(/^efa=0$/m)
    expect(services.events.types().filter((type) => type.startsWith('fabric.'))).toEqual([])
  })
})
