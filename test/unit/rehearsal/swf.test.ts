import { expect, test } from 'vitest'
import { HOUR } from '../../rehearsal/simulation/load.ts'
import { busiestWeek, readSwf } from '../../rehearsal/simulation/swf.ts'

// Made up: job, submitted, waited, ran, allocated, CPU time, memory, requested, limit, memory, status, and what is not read.
const LOG = `; Version: 2.2
; UnixStartTime: 1000000
    1      0  10   60  4  -1 -1   4   100 -1 1  1 1 -1 -1 1 -1 -1
    2     50   0   90  1  -1 -1   1    80 -1 1  1 1 -1 -1 1 -1 -1
    3     20   0   30 -1  -1 -1   3    -1 -1 1  1 1 -1 -1 1 -1 -1
    4     60   5   -1  8  -1 -1   8   100 -1 5  1 1 -1 -1 1 -1 -1
    5 700000   0    5  2  -1 -1  -1   100 -1 1  1 1 -1 -1 1 -1 -1
`

test('a recorded workload: what ran, in order, as tasks of whole nodes or of one shared core', () => {
  const tasks = readSwf(LOG, 2)
  expect(
    tasks.map(({ submittedAt, nodes, cores, limitMs, runMs }) => [submittedAt, nodes, cores, limitMs, runMs]),
  ).toEqual([
    [1_000_000_000, 2, null, 100_000, 60_000],
    [1_000_020_000, 2, null, null, 30_000],
    [1_000_050_000, 1, 1, 90_000, 90_000],
    [1_700_000_000, 1, null, 100_000, 5_000],
  ])
  expect(busiestWeek(tasks)).toEqual(tasks.filter(({ submittedAt }) => submittedAt < 1_000_000_000 + 7 * 24 * HOUR))
})
