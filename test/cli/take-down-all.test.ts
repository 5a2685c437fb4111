import { expect, test } from 'vitest'
import { raiseFleet } from '../../src/app/fleet/raise.ts'
import { takeDownAll } from '../../src/cli/take-down-all.ts'
import { fakeServices } from '../fakes/services.ts'
import { FLEET, playNodes } from '../unit/app/sample.ts'

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
