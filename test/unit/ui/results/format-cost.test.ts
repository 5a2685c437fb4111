import { expect, test } from 'vitest'
import type { Spent } from '../../../../src/core/cost/tally.ts'
import type { CostResult } from '../../../../src/app/results/cost.ts'
import { formatCost } from '../../../../src/ui/results/format-cost.ts'
import { createTheme } from '../../../../src/ui/theme.ts'

const theme = createTheme({}, { LANG: 'C.UTF-8' })
const show = (lines: readonly string[]) => `\n${lines.join('\n')}\n`
const NOON = Date.UTC(2026, 10, 23, 12)
const spent = (usd: number, hours = usd): Spent => ({ hours, usd: { total: usd, known: usd } })
const unknown: Spent = { hours: 1, usd: { total: null, known: null } }

const COST: CostResult = {
  cloud: 'sandbox',
  region: 'us-east-1',
  account: '000000000000',
  since: null,
  at: NOON,
  fleets: [
    {
      fleet: 'night\u001b[2J',
      paid: spent(10, 8),
      used: spent(5),
      wasted: spent(4),
      boot: spent(1),
      idle: spent(2),
      failed: spent(1),
      storage: spent(1),
      nodes: 4,
      from: NOON - 7_200_000,
      until: null,
      estimated: 2,
      unpriced: ['c9.none'],
    },
  ],
  jobs: [{ job: 'heat-1', fleet: 'night', paid: spent(6), used: unknown, failed: spent(0.001) }],
  paid: { hours: 8, usd: { total: null, known: 10 } },
}

test('what fleets and jobs cost', () => {
  expect(show(formatCost(COST, { theme }))).toMatchInlineSnapshot(`
    "
    sandbox, region us-east-1, account 000000000000
    would have cost on AWS (the sandbox is free): at least $10.00

    FLEET           PAID   USED  WASTED   BOOT   IDLE  FAILED  STORAGE  NODE-HOURS  FROM
    night\\x1b[2J  $10.00  $5.00   $4.00  $1.00  $2.00   $1.00    $1.00        8.00  10:00 to now

    JOB     FLEET   PAID           USED  FAILED  NODE-HOURS
    heat-1  night  $6.00  price unknown  <$0.01        6.00
    price unknown, and not counted: c9.none
    nobody saw 2 of the machines and file systems end: they are counted until they were last heard of, and their lease
    "
  `)
  const none = { ...COST, fleets: [], jobs: [], since: NOON - 3_600_000, cloud: 'aws' }
  expect(formatCost(none, { theme }).at(-1)).toBe('nothing was paid since 11:00')
})
