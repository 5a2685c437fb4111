import { expect, test } from 'vitest'
import { viewTask } from '../../../../src/core/queue/fold.ts'
import type { TaskEvent } from '../../../../src/core/queue/task-event.ts'
import { formatAsk, type Asked } from '../../../../src/ui/results/queue/format-ask.ts'
import { formatJob } from '../../../../src/ui/results/queue/format-job.ts'
import { formatJobs, type ShownJobs } from '../../../../src/ui/results/queue/format-jobs.ts'
import { formatQueueState } from '../../../../src/ui/results/queue/format-queue-state.ts'
import { formatSubmit } from '../../../../src/ui/results/queue/format-submit.ts'
import { formatDetached, formatStopped, formatWork } from '../../../../src/ui/results/queue/format-work.ts'
import { formatWhy } from '../../../../src/ui/results/queue/format-why.ts'
import { queuedJob } from '../../../contract/job-store/jobs.ts'
import { createTheme } from '../../../../src/ui/theme.ts'

const theme = createTheme({}, { LANG: 'C.UTF-8' })
const show = (lines: readonly string[]) => `\n${lines.join('\n')}\n`

test('a job that was submitted', () => {
  const job = { name: null, job: 'heat-20261123-143205-k7f2', tasks: 100, fleet: 'hpc' }
  const submitted = { jobs: [job], isWorked: false, testOnly: false }
  expect(show(formatSubmit(submitted, theme))).toMatchInlineSnapshot(`
    "
    ✔ heat-20261123-143205-k7f2 is in the queue: 100 tasks on fleet hpc
      note  nobody works the queue: muster work --detach
      see   muster job heat-20261123-143205-k7f2
    "
  `)
  expect(formatSubmit({ ...submitted, isWorked: true }, theme)).toHaveLength(2)
  expect(show(formatSubmit({ ...submitted, jobs: [{ ...job, tasks: 1 }], testOnly: true }, theme)))
    .toMatchInlineSnapshot(`
    "
    ✔ it would be taken: 1 task on fleet hpc; nothing was submitted
    "
  `)
})

test('several jobs that were submitted together', () => {
  const jobs = [
    { name: 'prepare', job: 'prepare-20261123-143205-k7f2', tasks: 1, fleet: 'hpc' },
    { name: 'sweep', job: 'sweep-20261123-143205-k7f3', tasks: 160, fleet: 'hpc' },
  ]
  expect(show(formatSubmit({ jobs, isWorked: false, testOnly: false }, theme))).toMatchInlineSnapshot(`
    "
    ✔ in the queue: 2 jobs with 161 tasks
      NAME     JOB                           TASKS  FLEET
      prepare  prepare-20261123-143205-k7f2      1  hpc
      sweep    sweep-20261123-143205-k7f3      160  hpc
      note  nobody works the queue: muster work --detach
      see   muster jobs
    "
  `)
  expect(show(formatSubmit({ jobs, isWorked: true, testOnly: true }, theme))).toMatchInlineSnapshot(`
    "
    ✔ all would be taken: 2 jobs with 161 tasks; nothing was submitted
    "
  `)
})

test('the jobs of the queue', () => {
  const job: ShownJobs['jobs'][number] = {
    id: 'heat-20261123-143205-k7f2',
    name: 'heat\u001b[2J',
    tasks: { done: 80, running: 3, waiting: 17 },
    isArray: true,
    nodes: 2,
    reason: { kind: 'at-once', limit: 3 },
    cost: { usd: { total: null, known: 12.5 } },
    submittedAt: 1_000_000,
    endedAt: null,
  }
  const one = {
    ...job,
    id: 'b-20261123-143204-aaaa',
    isArray: false,
    tasks: { failed: 1 },
    reason: null,
    cost: null,
    endedAt: 1_090_000,
  }
  const shown = { worker: null, hasMore: true, jobs: [job, one] }
  expect(show(formatJobs(shown, { theme, now: 1_300_000, cloud: 'sandbox' }))).toMatchInlineSnapshot(`
    "
    JOB                        NAME         STATE                           REASON                      NODES   SUBMITTED    TOOK             COST
    heat-20261123-143205-k7f2  heat\\x1b[2J  running 3, waiting 17, done 80  3 of its array run at once      2  5m 00s ago       -  at least $12.50
    b-20261123-143204-aaaa     heat\\x1b[2J  failed                          -                               2  5m 00s ago  1m 30s                -
    COST is what AWS would take: the sandbox is free
    there are more: muster jobs --all
    nobody works the queue: muster work --detach
    "
  `)
  expect(formatJobs({ ...shown, jobs: [] }, { theme, now: 0, cloud: 'aws' })).toEqual(['no jobs'])
})

test('what was asked of tasks', () => {
  const asked: Asked = { ask: 'cancel', name: 'a-1', changed: 3, onNodes: 1, left: { done: 2 }, isWorked: false }
  expect(show(formatAsk(asked, theme))).toMatchInlineSnapshot(`
    "
    ✔ a-1: 3 tasks cancelled
      left  done 2
      note  1 task on nodes: each ends when its nodes have ended it
      note  nobody works the queue: muster work --detach
    "
  `)
  expect(show(formatAsk({ ...asked, ask: 'retry', onNodes: 0, changed: 0, name: null }, theme))).toMatchInlineSnapshot(`
    "
    all jobs: nothing to retry (done 2)
    "
  `)
  expect(show(formatAsk({ ...asked, ask: 'release', onNodes: 0, left: {} }, theme))).toMatchInlineSnapshot(`
    "
    ✔ a-1: 3 tasks released
      note  nobody works the queue: muster work --detach
    "
  `)
})

test('whoever works the queue', () => {
  const of = { worker: 'laptop/17', pid: 17, log: '/home/x/.muster/queue/work.log' }
  expect(show(formatDetached(of, theme))).toMatchInlineSnapshot(`
    "
    ✔ the queue is worked in the background, by laptop/17
      see   muster jobs
      log   /home/x/.muster/queue/work.log
      stop  muster work --stop
    "
  `)
  expect(formatDetached({ ...of, pid: null }, theme)[0]).toContain('is worked already, by laptop/17')
  expect(formatDetached({ ...of, worker: null }, theme)[0]).toContain('does not lead it yet')
  expect(show([...formatStopped('laptop/17', theme), ...formatStopped(null, theme)])).toMatchInlineSnapshot(`
    "
    ✔ laptop/17 works the queue no longer; tasks and fleets were left as they are
      go on  muster work --detach
    nobody works the queue
    "
  `)
  expect(show(formatWork({ ended: 1, ms: 9100 }, theme))).toMatchInlineSnapshot(`
    "
    ✔ the queue was worked for 9.1 s: 1 attempt ended
    "
  `)
})

/** Noon of the machine's own clock. */
const NOON = new Date(2026, 10, 23, 12).getTime()
const BORN: TaskEvent = { type: 'submitted', at: NOON, held: false }
const FAILED: readonly TaskEvent[] = [
  BORN,
  {
    type: 'placed',
    at: NOON + 5000,
    attempt: 1,
    run: 'r',
    cohort: 'c',
    nodes: [{ id: 'i-1', name: 'node-0', ip: '10.0.0.1' }],
  },
  { type: 'started', at: NOON + 6000, attempt: 1 },
  {
    type: 'attempt-ended',
    at: NOON + 16_000,
    attempt: 1,
    outcome: 'failed',
    exitCode: 3,
    message: 'out of memory\u001b[2J',
    cause: 'exit',
    node: 'i-1',
    failedIn: 'running',
  },
  { type: 'finished', at: NOON + 16_000, outcome: 'failed', exitCode: 3, message: 'out of memory\u001b[2J' },
]

test('a job of one task, with its attempts and history', () => {
  const job = queuedJob({ submittedAt: NOON, after: [{ job: 'a-1', on: 'any' }], priority: 5, id: 'heat-1' })
  const bad = { node: 'i-1', instanceType: 'x', by: 'check' as const, since: 0, why: 'the mount is gone' }
  const shown = [{ name: 'heat-1', view: viewTask(FAILED), reason: null, bad }]
  const spent = { hours: 2, usd: { total: 7, known: 7 } }
  const cost = { paid: spent, failed: { hours: 0.5, usd: { total: 1.75, known: 1.75 } } }
  const view = { theme, now: NOON + 60_000, cloud: 'sandbox' }
  const lines = formatJob({ job, tasks: { failed: 1 }, cost, retryFirst: [], shown, history: FAILED }, view)
  expect(show(lines)).toMatchInlineSnapshot(`
    "
    heat-1
      name       heat
      state      failed
      size       shell, 1 x 1 on hpc
      command    true
      after      a-1:any
      priority   5
      retries    0 after failing, 2 after a node, 10 after Spot
      submitted  12:00:00
      cost       $7.00 for 2.00 node hours, of which failed $1.75 (on AWS; the sandbox is free)
      why        failed, exit code 3: out of memory\\x1b[2J (on i-1); i-1 is quarantined since 1970-01-01 00:00:00: the mount is gone
      next       muster logs heat-1

      ATTEMPT  OUTCOME  EXIT  PLACED    TOOK  NODES  WHY
      1        failed   3     12:00:05  10 s  i-1    out of memory\\x1b[2J

      12:00:00  submitted
      12:00:05  attempt 1 is given i-1
      12:00:06  attempt 1 has begun
      12:00:16  attempt 1 ended: failed, exit code 3: out of memory\\x1b[2J (on i-1)
      12:00:16  ended for good: failed, exit code 3: out of memory\\x1b[2J
    "
  `)
})

test('a job of many tasks, and why each of them is as it is', () => {
  const waits = { view: viewTask([BORN]), reason: { kind: 'no-controller' as const }, bad: null }
  const shown = [
    { ...waits, name: 'heat-1.0' },
    { name: 'heat-1.1', view: viewTask(FAILED), reason: null, bad: null },
    { ...waits, name: 'heat-1.2' },
  ]
  const job = queuedJob({ submittedAt: NOON, array: [0, 1, 2], atOnce: 2, id: 'heat-1' })
  const view = { theme, now: NOON + 60_000, cloud: 'aws' }
  const tasks = { waiting: 2, failed: 1 }
  expect(show(formatJob({ job, tasks, cost: null, retryFirst: [], shown, history: [] }, view))).toMatchInlineSnapshot(`
    "
    heat-1
      name       heat
      state      waiting 2, failed 1
      size       shell, 1 x 1 on hpc, 3 tasks, 2 at once
      command    true
      retries    0 after failing, 2 after a node, 10 after Spot
      submitted  12:00:00

    TASK  STATE    ATTEMPTS  WHY
    0     waiting  0         nobody works the queue
    1     failed   1         failed, exit code 3: out of memory\\x1b[2J (on i-1)
    2     waiting  0         nobody works the queue
    "
  `)
  expect(show(formatWhy(shown, { ...view, retryFirst: [] }))).toMatchInlineSnapshot(`
    "
    heat-1.0 and 1 more
      why   nobody works the queue
      next  muster work --detach
    heat-1.1
      why   failed, exit code 3: out of memory\\x1b[2J (on i-1)
      next  muster logs heat-1.1
    "
  `)
})

test('what to type for several tasks of one answer is for all of them', () => {
  const held = { view: viewTask([{ ...BORN, held: true }]), reason: { kind: 'held' as const }, bad: null }
  const gone = viewTask([BORN, { type: 'finished', at: 1, outcome: 'cancelled', exitCode: null, message: 'never ran' }])
  const shown = [
    { ...held, name: 'heat-1.0' },
    { ...held, name: 'heat-1.1' },
    { view: gone, reason: null, bad: null, name: 'heat-1.2' },
    { view: gone, reason: null, bad: null, name: 'heat-1.3' },
  ]
  expect(show(formatWhy(shown, { theme, now: NOON, retryFirst: ['mesh-1'] }))).toMatchInlineSnapshot(`
    "
    heat-1.0 and 1 more
      why   held by its submitter
      next  muster release heat-1
    heat-1.2 and 1 more
      why   cancelled: never ran
      next  muster retry mesh-1 && muster retry heat-1
    "
  `)
})

test('the queue in a line of the status', () => {
  const queue = {
    worker: 'laptop/17',
    since: NOON - 60_000,
    notedAt: NOON - 400,
    jobs: 2,
    tasks: { running: 3, waiting: 17, held: 0 },
    fleets: [],
  }
  const nothing = { coming: 0, isRemoved: false, blocked: null }
  const fleets = [
    { ...nothing, name: 'a' },
    { ...nothing, name: 'b', coming: 4 },
    { ...nothing, name: 'c', isRemoved: true },
    { ...nothing, name: 'd', coming: 1, blocked: { message: 'AWS has none', until: NOON + 60_000 } },
  ]
  expect(formatQueueState({ ...queue, fleets }, NOON).slice(2)).toEqual([
    '  b: 4 nodes coming up',
    '  c is being taken down',
    expect.stringMatching(/^ {2}d cannot change for now: AWS has none; next try at \d\d:\d\d:00$/),
  ])
  expect([
    formatQueueState(queue, NOON)[1],
    formatQueueState({ ...queue, worker: null, since: null, notedAt: null, jobs: 1 }, NOON)[1],
    formatQueueState(null, NOON),
  ]).toEqual([
    'queue: worked by laptop/17 for 1m 00s, last heard of 0.4 s ago; 2 jobs (running 3, waiting 17)',
    'queue: nobody works it: muster work --detach; 1 job (running 3, waiting 17)',
    [],
  ])
})
