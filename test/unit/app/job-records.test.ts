import { expect, it } from 'vitest'
import { newestJobs, newestRuns } from '../../../src/app/job/records.ts'
import { fakeServices } from '../../fakes/services.ts'

const shared = 'small-20261124-014733-aaaa'
const alone = 'alone-20261124-014732-bbbb'

it('the newest runs are not hidden behind the folders of tasks that shared nodes in batches', async () => {
  const { objects } = fakeServices()
  const tasks = Array.from({ length: 20 }, (_none, index) => `${shared}.${index}`)
  const array = ['array-20261124-014731-cccc.0', 'array-20261124-014731-cccc.1.a2']
  for (const id of [...tasks, `${shared}.b0-1`, `${shared}.b9-1`, alone, `${alone}.a2`, ...array])
    await objects.putBytes(`jobs/${id}/job.json`, new Uint8Array())
  expect(await newestRuns(objects, 5)).toEqual([
    `${shared}.b9-1`,
    `${shared}.b0-1`,
    `${alone}.a2`,
    alone,
    'array-20261124-014731-cccc.1.a2',
  ])
  expect(await newestJobs(objects, 100)).toHaveLength(26)
})
