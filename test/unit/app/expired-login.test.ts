import { expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { takeDown } from '../../../src/app/fleet/take-down.ts'
import { MusterError } from '../../../src/core/errors/muster-error.ts'
import { fakeServices } from '../../fakes/services.ts'
import { FLEET, playNodes } from './sample.ts'

const expired = () =>
  new MusterError('CredentialsExpired', "the credentials in profile 'lab' have expired (ExpiredToken)", {
    suggestions: ['aws sso login --profile lab'],
  })

it.each(['observe', 'ensureSecurityGroup', 'launchCohort', 'markStages', 'terminate', 'removeTemplate'] as const)(
  'pauses %s with one line until somebody has logged in, and goes on',
  async (method) => {
    const services = fakeServices()
    playNodes(services)
    // Much longer than a network that is away is waited for.
    services.compute.failNext(method, expired(), 600)
    await raiseFleet(FLEET, services)
    expect(services.compute.alive('hpc')).toHaveLength(2)
    await takeDown('hpc', services)
    expect(await services.compute.fleets()).toEqual([])
    const lines = services.events.of('credentials.expired')
    expect(lines).toEqual([{ why: expect.stringContaining('have expired'), login: 'aws sso login --profile lab' }])
    expect(services.events.of('credentials.renewed')).toHaveLength(1)
    expect(services.compute.called('launchCohort')).toBe(method === 'launchCohort' ? 601 : 1)
  },
)
