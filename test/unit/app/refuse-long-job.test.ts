import { expect, it } from 'vitest'
import { refuseLongJob } from '../../../src/app/job/refuse-long-job.ts'

const fleet = (maxLifeS: number | null) => ({ name: 'hpc', maxLifeS })

it('a job that may run longer than its nodes live is refused; one without a time limit runs as long as they do', () => {
  for (const [timeLimitS, maxLifeS] of [
    [null, 60],
    [3600, null],
    [3600, 3600],
  ] as const) {
    expect(() => refuseLongJob({ timeLimitS }, fleet(maxLifeS))).not.toThrow()
  }
  expect(() => refuseLongJob({ timeLimitS: 36_000 }, fleet(9000))).toThrow(
    expect.objectContaining({
      code: 'UsageInvalid',
      message: 'the job may run for 10 h, and nodes of fleet hpc end themselves after 2.5 h',
      suggestions: ['maxLife: 11h in fleets.hpc of muster.yaml', 'a shorter --time-limit'],
    }),
  )
})
