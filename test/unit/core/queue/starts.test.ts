import { expect, test } from 'vitest'
import { startsOf } from '../../../../src/core/queue/starts.ts'
import { UNBORN } from '../../../../src/core/queue/task-view.ts'
import { queuedJob } from '../../../contract/job-store/jobs.ts'

test('tasks that share a node are a run each: none is taken for done because another of them was', () => {
  const job = queuedJob({ array: [0, 1], share: true })
  const tasks = new Map(
    [0, 1].map((index) => [`${job.id}.${index}`, { key: { job: job.id, index }, view: UNBORN, job }]),
  )
  const placements = [...tasks.keys()].map((task) => ({ task, fleet: 'hpc', cohort: 'c', nodeIds: ['i-1'] }))
  const starts = startsOf(placements, tasks, () => '10.0.0.1', 5)
  expect(starts.map(({ run, task }) => [run, task.key.index])).toEqual([
    [`${job.id}.0`, 0],
    [`${job.id}.1`, 1],
  ])
})
