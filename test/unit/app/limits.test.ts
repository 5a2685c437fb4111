import { describe, expect, it } from 'vitest'
import { runJob } from '../../../src/app/run/run-job.ts'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { planFleet } from '../../../src/app/plan/plan-fleet.ts'
import { NO_LIMITS } from '../../../src/core/fleet/limits.ts'
import { fakePrompter } from '../../fakes/prompter.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes } from './sample.ts'

/** Two nodes of $1.6832; no storage, so that every price is known. */
const PLAIN = { ...FLEET, storage: null }
const limited = (limits: object) => ({ ...PLAIN, limits: { ...NO_LIMITS, ...limits } })

function world(answers: readonly string[] | null = null): FakeServices {
  const services = fakeServices({ prompter: fakePrompter(answers) })
  playNodes(services)
  return services
}

async function nothingMade(services: FakeServices): Promise<void> {
  expect(await services.compute.fleets()).toEqual([])
  expect(services.events.of('warning')).toEqual([])
  expect(services.compute.called('ensureSecurityGroup')).toBe(0)
}

describe('limits of a fleet', () => {
  it('refuse a raise above them before anything is made, and its plan', async () => {
    const services = world()
    const wanted = limited({ perHour: 3 })
    await expect(raiseFleet(wanted, services, { approval: { yes: true } })).rejects.toMatchObject({
      code: 'LimitExceeded',
      message: expect.stringContaining('$3.37'),
    })
    await nothingMade(services)
    await expect(planFleet(wanted, services)).rejects.toMatchObject({ code: 'LimitExceeded' })
    await expect(
      planFleet(limited({ perJob: 1 }), services, { job: { ...JOB, timeLimitS: 3600 }, keep: false }),
    ).rejects.toMatchObject({ code: 'LimitExceeded' })
  })

  it('never ask where a fleet is up: nothing is bought', async () => {
    const services = world()
    await raiseFleet(PLAIN, services)
    for (const limits of [{ perHour: 1 }, { total: 0 }]) {
      expect(await raiseFleet(limited(limits), services)).toMatchObject({ warm: true })
      expect(await planFleet(limited(limits), services)).toMatchObject({ converged: true })
    }
  })

  it.for([
    ['what it may cost', { perJob: 3 }, { timeLimitS: 3600 }, '$3.37'],
    ['what it may cost with what prepares it', { perJob: 4 }, { timeLimitS: 3600, prepare: JOB.program }, '$6.73'],
    ['that it has no time limit', { perJob: 1000 }, { timeLimitS: null }, 'without a time limit'],
    ['all that was spent', { total: 0 }, { timeLimitS: 60 }, 'has cost so far'],
  ] as const)('refuse a job on a fleet that is up for %s, and its plan', async ([, limits, changes, message]) => {
    const services = world()
    await raiseFleet(PLAIN, services)
    const [fleet, job] = [limited(limits), { ...JOB, ...changes }]
    const refused = { code: 'LimitExceeded', message: expect.stringContaining(message) }
    const output = { write: async () => undefined }
    const run = runJob({ job, fleet, keep: true, resultsFolder: '/nowhere', output }, services)
    await expect(run).rejects.toMatchObject(refused)
    await expect(planFleet(fleet, services, { job, keep: true })).rejects.toMatchObject(refused)
    expect(services.compute.alive('hpc')).toHaveLength(2)
  })
})

describe('above the threshold', () => {
  it('a person is asked; no makes nothing, yes goes on', async () => {
    const wanted = limited({ confirmAbove: 1 })
    const declined = world(['no'])
    await expect(raiseFleet(wanted, declined)).rejects.toMatchObject({ code: 'Declined', exitCode: 3 })
    await nothingMade(declined)
    const agreed = world(['yes'])
    expect(await raiseFleet(wanted, agreed)).toMatchObject({ warm: false })
  })

  it('where nobody can answer it is refused, naming the flag, which goes on unasked', async () => {
    const wanted = limited({ confirmAbove: 1 })
    const services = world()
    await expect(raiseFleet(wanted, services)).rejects.toMatchObject({
      code: 'Declined',
      suggestions: expect.arrayContaining(['run the command again with --yes']),
    })
    await nothingMade(services)
    expect(await raiseFleet(wanted, services, { approval: { yes: true } })).toMatchObject({ warm: false })
  })

  it('in the sandbox nobody is asked unless it is configured', async () => {
    const services = world(['no'])
    expect(await raiseFleet(PLAIN, services)).toMatchObject({ warm: false })
    const aws = { ...world(), cloud: { ...services.cloud, name: 'aws' as const } }
    expect(await raiseFleet(PLAIN, aws)).toMatchObject({ warm: false })
  })
})
