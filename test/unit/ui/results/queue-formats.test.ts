import { expect, test } from 'vitest'
import { formatAsk, type Asked } from '../../../../src/ui/results/queue/format-ask.ts'
import { formatJobs, type ShownJobs } from '../../../../src/ui/results/queue/format-jobs.ts'
import { formatSubmit } from '../../../../src/ui/results/queue/format-submit.ts'
import { formatDetached, formatStopped, formatWork } from '../../../../src/ui/results/queue/format-work.ts'
import { createTheme } from '../../../../src/ui/theme.ts'

const theme = createTheme({}, { LANG: 'C.UTF-8' })
const show = (lines: readonly string[]) => `\n${lines.join('\n')}\n`

test('a job that was submitted', () => {
  const submitted = { job: 'heat-20261123-143205-k7f2', tasks: 100, fleet: 'hpc', isWorked: false, testOnly: false }
  expect(show(formatSubmit(submitted, theme))).toMatchInlineSnapshot(`
    "
    ✔ heat-20261123-143205-k7f2 is in the queue: 100 tasks on fleet hpc
      note  nobody works the queue: muster work --detach
      see   muster job heat-20261123-143205-k7f2
    "
  `)
  expect(formatSubmit({ ...submitted, isWorked: true }, theme)).toHaveLength(2)
  expect(show(formatSubmit({ ...submitted, tasks: 1, testOnly: true }, theme))).toMatchInlineSnapshot(`
    "
    ✔ it would be taken: 1 task on fleet hpc; nothing was submitted
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
    submittedAt: 1_000_000,
    endedAt: null,
  }
  const one = {
    ...job,
    id: 'b-20261123-143204-aaaa',
    isArray: false,
    tasks: { failed: 1 },
    reason: null,
    endedAt: 1_090_000,
  }
  const shown = { worker: null, hasMore: true, jobs: [job, one] }
  expect(show(formatJobs(shown, { theme, now: 1_300_000 }))).toMatchInlineSnapshot(`
    "
    JOB                        NAME         STATE                           REASON                      NODES   SUBMITTED    TOOK
    heat-20261123-143205-k7f2  heat\\x1b[2J  running 3, waiting 17, done 80  3 of its array run at once      2  5m 00s ago       -
    b-20261123-143204-aaaa     heat\\x1b[2J  failed                          -                               2  5m 00s ago  1m 30s
    there are more: muster jobs --all
    nobody works the queue: muster work --detach
    "
  `)
  expect(formatJobs({ ...shown, jobs: [] }, { theme, now: 0 })).toEqual(['no jobs'])
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
