import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passed, recordsOf, type AttemptRecord, type FailingAt } from '../../../../src/core/queue/attempt-record.ts'
import {
  chanceOf,
  isBad,
  mostByFailures,
  needsCheck,
  remember,
  REMEMBERED,
  sayStreak,
  streakOf,
} from '../../../../src/core/queue/bad-nodes.ts'
import { elsewhere, type NodeRecords } from '../../../../src/core/queue/elsewhere.ts'
import { judgeNodes } from '../../../../src/core/queue/judge-nodes.ts'
import { viewTask } from '../../../../src/core/queue/fold.ts'

const NODES = ['i-1', 'i-2', 'i-3', 'i-4']

function attempt(
  endedAt: number,
  node: string,
  end: AttemptRecord['end'],
  more: Partial<AttemptRecord> = {},
): AttemptRecord {
  const isFailure = end !== 'done' && end !== 'time-limit' && end !== 'unknown'
  return {
    job: 'a',
    task: `a.${endedAt}`,
    attempt: 1,
    nodes: [node],
    endedAt,
    end,
    blamed: isFailure ? node : null,
    ...more,
  }
}

const gang = (at: number, blamed: string | null) =>
  attempt(at, '', 'running', { nodes: ['i-1', 'i-2'], blamed, task: `g.${at}`, job: 'g' })

const known = (...ended: readonly AttemptRecord[]): NodeRecords => remember(new Map(), ended)
const bad = (records: NodeRecords, since = 0) => {
  const others = elsewhere(records)
  return [...records.keys()].filter((node) => {
    const streak = streakOf(records, node, since)
    return streak !== null && isBad(streak, others)
  })
}
const times = (count: number, make: (nth: number) => AttemptRecord) => Array.from({ length: count }, (_, n) => make(n))

/** An array that passes on so many nodes, and of which so many tasks have failed on one more. */
const swallowing = (nodes: number, failures: number) =>
  known(
    ...times(nodes, (n) => attempt(n, `i-well-${n}`, 'done')),
    ...times(failures, (n) => attempt(100 + n, 'i-1', 'running')),
  )

const point = fc.constantFrom<FailingAt[]>('staging', 'preparing', 'running', 'lost')
const end = fc.constantFrom<AttemptRecord['end'][]>(
  'done',
  'time-limit',
  'unknown',
  'staging',
  'preparing',
  'running',
  'lost',
)

describe('which node is bad', () => {
  it('is one on which two tasks fail that pass elsewhere when they are begun again', () => {
    const again = (task: string, at: number) => [
      attempt(at, 'i-1', 'running', { task }),
      attempt(at + 1, 'i-2', 'done', { task, attempt: 2 }),
    ]
    expect(bad(known(...again('a.1', 1)))).toEqual([])
    expect(bad(known(...again('a.1', 1), ...again('a.2', 3)))).toEqual(['i-1'])
    // It passed once between them.
    expect(bad(known(...again('a.1', 1), attempt(3, 'i-1', 'done'), ...again('a.2', 4)))).toEqual([])
    // Not at the same point.
    const other = attempt(3, 'i-1', 'staging', { task: 'a.2' })
    expect(bad(known(...again('a.1', 1), other, attempt(4, 'i-2', 'done', { task: 'a.2', attempt: 2 })))).toEqual([])
  })

  it('is one that swallows an array, however few nodes there are to compare it with', () => {
    const needed = [1, 3, 30, 100].map((nodes) =>
      Array.from({ length: 20 }, (_, n) => n).find((n) => bad(swallowing(nodes, n)).length > 0),
    )
    expect(needed).toEqual([7, 5, 2, 2])
  })

  it('is forgotten what was before it was released', () => {
    const records = known(
      ...times(9, (n) => attempt(n, 'i-2', 'done')),
      ...times(9, (n) => attempt(10 + n, 'i-1', 'running')),
    )
    expect([bad(records), bad(records, 18), bad(records, 19)]).toEqual([['i-1'], [], []])
  })

  it('counts a failure of several nodes against the one that is named, and against none where none is', () => {
    const wells = times(9, (n) => attempt(50 + n, `i-${n + 3}`, 'done', { job: 'g' }))
    expect(bad(known(...wells, ...times(4, (n) => gang(n, 'i-2'))))).toEqual(['i-2'])
    expect(bad(known(...wells, ...times(9, (n) => gang(n, null))))).toEqual([])
  })

  it('is never one because of a program that fails everywhere', () => {
    const failures = fc.array(fc.record({ node: fc.constantFrom(...NODES), task: fc.nat(9), at: fc.nat(99) }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(failures, point, (all, at) => {
        const records = known(...all.map((one) => attempt(one.at, one.node, at, { task: `a.${one.task}` })))
        expect(bad(records)).toEqual([])
      }),
    )
  })

  it('is blamed for no failure that it passed since, nor for less than two', () => {
    const history = fc.array(fc.record({ node: fc.constantFrom(...NODES), end, at: fc.nat(99), task: fc.nat(9) }), {
      maxLength: 80,
    })
    fc.assert(
      fc.property(history, (all) => {
        const records = known(...all.map((one) => attempt(one.at, one.node, one.end, { task: `a.${one.task}` })))
        for (const node of records.keys()) {
          const streak = streakOf(records, node, 0)
          if (streak === null) continue
          const own = records.get(node)!
          const since = own.slice(own.indexOf(streak.failures[0]!))
          expect(since.some((one) => passed(one, streak.at) === true)).toBe(false)
          expect(streak.failures.every((one) => one.blamed === node && one.end === streak.at)).toBe(true)
          const chance = chanceOf(streak, elsewhere(records))
          expect(chance).toBeGreaterThan(0)
          expect(chance).toBeLessThanOrEqual(1)
          if (isBad(streak, elsewhere(records))) expect(streak.failures.length).toBeGreaterThan(1)
        }
      }),
    )
  })

  it('is not named after random failures of a well fleet but once in very many', () => {
    // A program that fails one time in five, wherever: 400 tasks on 8 nodes, seeds that stay.
    let condemned = 0
    for (let seed = 1; seed <= 40; seed += 1) {
      let state = seed
      const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
      let records: NodeRecords = new Map()
      for (let task = 0; task < 400; task += 1) {
        const node = `i-${task % 8}`
        records = remember(records, [attempt(task, node, random() < 0.2 ? 'running' : 'done')])
        const streak = streakOf(records, node, 0)
        if (streak !== null && isBad(streak, elsewhere(records))) condemned += 1
      }
    }
    // Of 16,000 attempts.
    expect(condemned).toBeLessThan(16)
  })

  it('has its failures said in words', () => {
    const records = known(attempt(1, 'i-1', 'preparing'), attempt(2, 'i-1', 'preparing', { task: 'heat.7' }))
    expect(sayStreak(streakOf(records, 'i-1', 0)!)).toBe(
      '2 attempts in a row failed on it in prepare, the last heat.7, and pass on other nodes',
    )
  })
})

it.each<[FailingAt, number[]]>([
  ['running', [2, 4, 8, 16]],
  ['staging', [1, 2, 4, 8, 16]],
  ['lost', [1, 2, 4, 8, 16]],
])('a node that fails while %s is checked at so many in a row: %j', (at, expected) => {
  const lengths = Array.from({ length: REMEMBERED }, (_, n) => n + 1)
  const streak = (length: number) => streakOf(known(...times(length, (n) => attempt(n, 'i-1', at))), 'i-1', 0)!
  expect(lengths.filter((length) => needsCheck(streak(length)))).toEqual(expected)
})

it('judges a fleet: a quarter at most by failures alone, the others are checked, once for each failure', () => {
  const nodes = Array.from({ length: 16 }, (_, n) => ({ id: `i-${n}`, mark: null, online: true }))
  // Five of sixteen fail eight times in a row what passes on the others.
  const records = known(
    ...nodes.slice(5).map(({ id }, n) => attempt(n, id, 'done')),
    ...nodes.slice(0, 5).flatMap(({ id }, n) => times(8, (nth) => attempt(100 + 10 * n + nth, id, 'running'))),
  )
  const judged = judgeNodes(records, nodes, 0, new Map())
  expect([...judged.bad.keys()]).toEqual(['i-0', 'i-1', 'i-2', 'i-3'])
  expect([...judged.suspects]).toEqual([['i-4', 147]])
  const next = judgeNodes(records, nodes.slice(4), 4, judged.suspects)
  expect([next.bad.size, next.suspects.size]).toEqual([0, 0])
})

it('failures alone condemn never the only node, nor more than a quarter', () => {
  expect([0, 1, 2, 3, 7, 8, 100].map(mostByFailures)).toEqual([0, 0, 1, 1, 1, 2, 25])
})

it('remembers only the newest of a node', () => {
  const records = known(...times(100, (n) => attempt(n, 'i-1', 'running')))
  expect(records.get('i-1')!.map((one) => one.endedAt)).toEqual(
    times(20, (n) => attempt(n, '', 'done')).map((_, n) => 80 + n),
  )
})

it('reads records from what happened to a task', () => {
  const nodes = [{ id: 'i-1', name: 'node-0', ip: '' }]
  const placed = (n: number) =>
    ({ type: 'placed', at: n * 10, attempt: n, run: `r${n}`, cohort: 'c0x1', nodes }) as const
  const told = { message: '', exitCode: 1 }
  const view = viewTask([
    { type: 'submitted', at: 0, held: false },
    placed(1),
    {
      type: 'attempt-ended',
      at: 11,
      attempt: 1,
      outcome: 'failed',
      cause: 'exit',
      node: 'i-1',
      failedIn: 'staging',
      ...told,
    },
    { type: 'requeued', at: 11, attempt: 1, notBefore: 11, cause: 'exit', node: null },
    placed(2),
    { type: 'attempt-ended', at: 21, attempt: 2, outcome: 'lost', cause: 'node', node: null, failedIn: null, ...told },
    { type: 'requeued', at: 21, attempt: 2, notBefore: 21, cause: 'exit', node: null },
    placed(3),
    { type: 'attempt-ended', at: 31, attempt: 3, outcome: 'lost', cause: 'spot', node: 'i-1', failedIn: null, ...told },
    { type: 'requeued', at: 31, attempt: 3, notBefore: 31, cause: 'exit', node: null },
    placed(4),
  ])
  expect(recordsOf({ job: 'a', index: 3 }, view).map(({ task, end: how, blamed }) => [task, how, blamed])).toEqual([
    ['a.3', 'staging', 'i-1'],
    ['a.3', 'lost', 'i-1'],
    ['a.3', 'unknown', 'i-1'],
  ])
})
