import { expect, it } from 'vitest'
import { refuseUnaffordable, type AskedJob } from '../../../../src/app/cost/refuse-unaffordable.ts'
import { NO_LIMITS } from '../../../../src/core/fleet/limits.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { smallJob } from '../controller/played-queue.ts'

/** Two nodes of $1.6832 for two hours: $6.73. */
function asked(limits: object, more: Partial<AskedJob['spec']> = {}, ofProject = false): AskedJob {
  const { spec, description } = smallJob('job')
  const own = { ...NO_LIMITS, ...limits }
  const project = { limits: own, fleets: ['hpc'], folder: '/p' }
  return {
    spec: { ...spec, nodes: 2, timeLimitS: 7200, ...more },
    fleet: { ...description, ...(ofProject ? { project } : { limits: own }) },
    queue: { share: false },
  }
}

it('takes what can be run within its limits, and all of it where there are none', async () => {
  const services = fakeServices()
  await refuseUnaffordable(asked({}, { timeLimitS: null }), services)
  await refuseUnaffordable(asked({ perJob: 6.74, perHour: 3.37, total: 1 }), services)
  const shared = asked({ perJob: 0.06 }, { nodes: 1, tasksPerNode: 1 })
  await refuseUnaffordable({ ...shared, queue: { share: true } }, services)
})

it.each([
  [
    { perJob: 6.73 },
    {},
    false,
    /^job job could never be run: within its time limit the job could cost \$6.73; limits.perJob of fleet hpc is/,
  ],
  [{ perHour: 3.36 }, {}, false, /fleet hpc would cost an hour \$3.37; limits.perHour of fleet hpc is \$3.36/],
  [{ perHour: 3.36 }, {}, true, /limits.perHour of all of the project's fleets is \$3.36/],
  [{ perJob: 100 }, { timeLimitS: null }, false, /a job without a time limit may cost any amount/],
] as const)('refuses under %j what could never be', async (limits, spec, ofProject, message) => {
  await expect(refuseUnaffordable(asked(limits, spec, ofProject), fakeServices())).rejects.toMatchObject({
    code: 'LimitExceeded',
    message: expect.stringMatching(message),
  })
})

it('counts a price that nobody knows as above a limit', async () => {
  const job = asked({ perJob: 100 })
  const services = fakeServices()
  services.prices.onDemand = async () => null
  await expect(refuseUnaffordable(job, services)).rejects.toMatchObject({ code: 'LimitExceeded' })
})
