import { tasksOf, type QueuedJob } from '../../core/queue/queued-job.ts'
import { viewTask } from '../../core/queue/fold.ts'
import type { TaskEvent } from '../../core/queue/task-event.ts'
import type { Database } from './database.ts'

/** Adds jobs and all their tasks, all of them or none; one that is there already is left as it is. */
export function submitJobs(database: Database, jobs: readonly QueuedJob[], first: TaskEvent): void {
  database.write(() => {
    for (const job of jobs) addJob(database, job, first)
  })
}

function addJob(database: Database, job: QueuedJob, first: TaskEvent): void {
  const view = viewTask([first])
  const [shown, event] = [JSON.stringify(view), JSON.stringify(first)]
  const { id, fleet, submittedAt } = job
  const { changes } = database
    .prepare('INSERT INTO jobs (id, fleet, submitted_at, document) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(id, fleet, submittedAt, JSON.stringify(job))
  if (changes === 0) return
  const tasks = tasksOf(job)
  const insertTask = database.prepare(
    'INSERT INTO tasks (job, idx, fleet, state, version, view) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const insertEvent = database.prepare('INSERT INTO events (job, idx, seq, document) VALUES (?, ?, 1, ?)')
  for (const { index } of tasks) {
    insertTask.run(id, index ?? -1, fleet, view.state, view.version, shown)
    insertEvent.run(id, index ?? -1, event)
  }
  database.prepare('INSERT INTO counts (job, state, tasks) VALUES (?, ?, ?)').run(id, view.state, tasks.length)
}
