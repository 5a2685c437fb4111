import { MusterError } from '../../src/core/errors/muster-error.ts'
import { useChange } from '../../src/core/cost/node-use.ts'
import { nextView, viewTask } from '../../src/core/queue/fold.ts'
import { taskName, tasksOf, type QueuedJob, type TaskKey } from '../../src/core/queue/queued-job.ts'
import type { TaskEvent } from '../../src/core/queue/task-event.ts'
import { hasEnded, type TaskState, type TaskView } from '../../src/core/queue/task-view.ts'
import type { Change, JobStore, JobSummary, Lease } from '../../src/ports/job-store.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { fakeLedger, type FakeLedger } from './ledger.ts'

interface Task {
  readonly key: TaskKey
  readonly fleet: string
  readonly history: TaskEvent[]
  view: TaskView
}

/** A queue in memory that keeps to the same contract; its histories tell `ledger` of nodes. */
export function fakeJobStore(ledger: FakeLedger = fakeLedger()): JobStore & Ledger {
  const jobs = new Map<string, QueuedJob>()
  const tasks = new Map<string, Task>()
  const leases = new Map<string, Lease>()
  const notes = new Map<string, string>()
  // What is written without a lease is another muster's: whoever works the queue has one.
  let revision = 0

  const append = (change: Change): boolean => {
    const task = tasks.get(taskName(change.key))
    if (!task || task.view.version !== change.expects) return false
    task.view = nextView(task.view, change.event)
    task.history.push(change.event)
    const told = useChange(change.key, jobs.get(change.key.job)!, change.event)
    if (told) ledger.tell(told)
    return true
  }
  const summary = (job: QueuedJob): JobSummary => {
    const own = tasksOf(job).map((key) => tasks.get(taskName(key))!.view)
    const counts: Partial<Record<TaskState, number>> = {}
    for (const { state } of own) counts[state] = (counts[state] ?? 0) + 1
    const endedAt = own.every(hasEnded) ? Math.max(...own.map((view) => view.endedAt ?? 0)) : null
    return { job, counts, endedAt }
  }

  return {
    ...ledger,
    submit: async (some, first) => {
      revision += 1
      for (const job of some.filter(({ id }) => !jobs.has(id))) {
        jobs.set(job.id, job)
        for (const key of tasksOf(job)) {
          tasks.set(taskName(key), { key, fleet: job.fleet, history: [first], view: viewTask([first]) })
        }
      }
    },
    job: async (id) => jobs.get(id) ?? null,
    jobs: async ({ fleet, states, limit }) =>
      [...jobs.values()]
        .filter((job) => fleet === null || job.fleet === fleet)
        .toSorted((a, b) => b.submittedAt - a.submittedAt || (a.id < b.id ? -1 : 1))
        .map(summary)
        .filter(({ counts }) => states === null || states.some((state) => (counts[state] ?? 0) > 0))
        .slice(0, limit),
    tasks: async ({ fleet, states, job }) =>
      [...tasks.values()]
        .filter((task) => fleet === null || task.fleet === fleet)
        .filter((task) => states === null || states.includes(task.view.state))
        .filter((task) => job === null || task.key.job === job)
        .map(({ key, view }) => ({ key, view })),
    counts: async (job) => {
      const known = jobs.get(job)
      return known ? summary(known).counts : null
    },
    task: async (key) => {
      const task = tasks.get(taskName(key))
      return task ? { key: task.key, view: task.view } : null
    },
    history: async (key) => [...(tasks.get(taskName(key))?.history ?? [])],
    append: async (changes, lease) => {
      const held = lease === null ? null : leases.get(lease.name)
      if (lease !== null && held?.token !== lease.token) {
        throw new MusterError('LeaseLost', `${lease.name} is led by ${held?.holder ?? 'nobody'} by now`)
      }
      if (lease === null) revision += 1
      return changes.filter(append)
    },
    revision: async () => revision,
    lease: async (name, holder, forMs, now) => {
      const old = leases.get(name)
      if (old && old.until > now) return null
      const lease = { name, holder, token: (old?.token ?? 0) + 1, until: now + forMs }
      leases.set(name, lease)
      return lease
    },
    renew: async (lease, forMs, now) => {
      if (leases.get(lease.name)?.token !== lease.token) return null
      const renewed = { ...lease, until: now + forMs }
      leases.set(lease.name, renewed)
      return renewed
    },
    release: async (lease) => {
      if (leases.get(lease.name)?.token === lease.token) leases.set(lease.name, { ...lease, until: 0 })
    },
    holder: async (name, now) => {
      const lease = leases.get(name)
      return lease && lease.until > now ? lease : null
    },
    note: async (key) => notes.get(key) ?? null,
    setNote: async (key, value) => {
      if (value === null) notes.delete(key)
      else notes.set(key, value)
    },
    close: () => undefined,
  }
}
