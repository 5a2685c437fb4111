import { expect, test } from 'vitest'
import { raiseFleet } from '../../src/app/fleet/raise.ts'
import { takeDownAll } from '../../src/cli/take-down-all.ts'
import { jobId } from '../../src/core/job/id.ts'
import { layout } from '../../src/core/job/layout.ts'
import { fakePrompter } from '../fakes/prompter.ts'
import { fakeServices } from '../fakes/services.ts'
import { FLEET, JOB, playNodes } from '../unit/app/sample.ts'

test('a fleet that nobody knows is refused, naming the nearest that is up: it would be believed gone', async () => {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet(FLEET, services)
  await expect(takeDownAll(['hcp'], false, ['other'], services)).rejects.toMatchObject({
    code: 'FleetUnknown',
    exitCode: 2,
    suggestions: ['muster down hpc', 'muster status'],
  })
  expect(services.compute.alive('hpc')).toHaveLength(2)
})

test('a fleet that is in use does not keep the others up, and is told of', async () => {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet(FLEET, services)
  await raiseFleet({ ...FLEET, name: 'other' }, services)
  services.locks.others.add('hpc')
  await expect(takeDownAll(null, false, [], services)).rejects.toMatchObject({ code: 'FleetBusy' })
  expect([services.compute.alive('hpc').length, services.compute.alive('other').length]).toEqual([2, 0])
})

test('what the cloud shows is taken down though no file describes it; what a file describes may be gone already', async () => {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet(FLEET, services)
  expect(await takeDownAll(['hpc'], false, [], services)).toMatchObject([{ fleet: 'hpc', nodes: 2 }])
  expect(await takeDownAll(['hpc'], false, ['hpc'], services)).toMatchObject([{ fleet: 'hpc', nodes: 0 }])
  expect(await takeDownAll(null, false, [], services)).toEqual([])
})

/** A fleet with a job that has not ended. */
async function running(answers: readonly string[] | null) {
  const services = fakeServices({ prompter: fakePrompter(answers) })
  playNodes(services)
  await raiseFleet(FLEET, services)
  const { nodes } = await services.compute.observe('hpc')
  const hosts = nodes.map(({ id }, rank) => ({ id, name: `node-${rank}`, ip: '', slots: 1 }))
  const submittedAt = services.clock.now()
  const id = jobId('long', submittedAt, 0.5)
  const record = { version: 1, id, spec: JOB, fleet: 'hpc', hosts, submittedAt }
  services.objects.plant(layout.record(id), JSON.stringify(record))
  return { services, id }
}

test('while a job runs somebody who can answer is asked; no leaves everything, --yes and a script ask nothing', async () => {
  const no = await running(['no'])
  await expect(takeDownAll(['hpc'], false, [], no.services)).rejects.toMatchObject({ code: 'Declined' })
  expect(no.services.prompter.asked[0]?.question).toContain(no.id)
  expect(no.services.compute.alive('hpc')).toHaveLength(2)
  for (const [answers, yes] of [
    [['yes'], false],
    [[], true],
    [null, false],
  ] as const) {
    // prettier-ignore
    const { services } = await running(answers)
    expect(await takeDownAll(['hpc'], yes, [], services)).toMatchObject([{ fleet: 'hpc', nodes: 2 }])
  }
})
