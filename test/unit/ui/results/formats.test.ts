import { expect, test } from 'vitest'
import type { RaiseResult, TakeDownResult } from '../../../../src/app/results/fleet.ts'
import type { RunResult } from '../../../../src/app/results/job.ts'
import type { RaisePlan } from '../../../../src/app/results/plan.ts'
import type { StatusResult } from '../../../../src/app/results/status.ts'
import { costOf } from '../../../../src/core/cost/cost.ts'
import { formatDown } from '../../../../src/ui/results/format-down.ts'
import { formatRaisePlan, formatRemovalPlans } from '../../../../src/ui/results/format-plan.ts'
import { formatRun } from '../../../../src/ui/results/format-run.ts'
import { formatStatus } from '../../../../src/ui/results/format-status.ts'
import { formatUp } from '../../../../src/ui/results/format-up.ts'
import { createTheme } from '../../../../src/ui/theme.ts'
import { scratch } from '../../../fakes/scratch.ts'

const theme = createTheme({}, { LANG: 'C.UTF-8' })
const show = (lines: readonly string[]) => `\n${lines.join('\n')}\n`

const run: RunResult = {
  job: 'heat-20261123-143205-k7f2',
  outcome: 'done',
  exitCode: 0,
  message: '',
  fleet: 'hpc',
  kept: false,
  phases: [
    { name: 'raise the fleet', ms: 5200 },
    { name: 'run', ms: 71_000 },
  ],
  results: { folder: 'results/heat-20261123-143205-k7f2', files: 3 },
}

test('a run that is done', () => {
  expect(show(formatRun(run, theme))).toMatchInlineSnapshot(`
    "
    ✔ heat-20261123-143205-k7f2 done (exit code 0)
      raise the fleet   5.2 s
      run              1m 11s
      in all           1m 16s
      results  results/heat-20261123-143205-k7f2 (3 files)
      log      muster logs heat-20261123-143205-k7f2
      fleet    hpc is gone
    "
  `)
})

test('a run that failed on a fleet that stays', () => {
  const failed: RunResult = {
    ...run,
    outcome: 'failed',
    exitCode: 7,
    message: 'rank 3 on node-1\u001b[2J',
    kept: true,
    results: null,
    phases: [],
  }
  expect(show(formatRun(failed, theme))).toMatchInlineSnapshot(`
    "
    ✖ heat-20261123-143205-k7f2 failed (exit code 7)
      why    rank 3 on node-1\\x1b[2J
      log    muster logs heat-20261123-143205-k7f2
      fleet  hpc is kept; remove it with: muster down hpc
    "
  `)
})

test('a run that goes on without us', () => {
  expect(show(formatRun({ ...run, outcome: 'detached', kept: true, results: null, phases: [] }, theme)))
    .toMatchInlineSnapshot(`
    "
    ✔ heat-20261123-143205-k7f2 runs on without us
      log    muster logs heat-20261123-143205-k7f2 -f
      fleet  hpc is kept; remove it with: muster down hpc
    "
  `)
})

const node = { name: 'node-0', id: 'i-0123456789abcdef0', ip: '172.31.0.4', zone: 'us-east-1a' }

test('up', () => {
  const up: RaiseResult = {
    fleet: 'hpc',
    instanceType: 'hpc7g.16xlarge',
    nodes: [node],
    endsAt: null,
    warm: false,
    phases: [{ name: 'launch', ms: 3000 }],
  }
  expect(show(formatUp(up, theme))).toMatchInlineSnapshot(`
    "
    ✔ hpc is ready: 1 x hpc7g.16xlarge
    NODE    INSTANCE             IP          ZONE
    node-0  i-0123456789abcdef0  172.31.0.4  us-east-1a
      launch  3.0 s
    "
  `)
  expect(formatUp({ ...up, warm: true }, theme)[0]).toBe('✔ hpc was ready already: 1 x hpc7g.16xlarge')
})

test('down', () => {
  const proof = { instances: 0, 'file systems': 0, templates: 0, 'placement groups': 0, 'security groups': 0 }
  const down: TakeDownResult = { fleet: 'hpc', proof, kept: [], nodes: 4, ms: 1900 }
  expect(show(formatDown([down], theme))).toMatchInlineSnapshot(`
    "
    ✔ hpc is gone: 4 nodes in 1.9 s
      the API shows  0 instances, 0 file systems, 0 templates, 0 placement groups, 0 security groups
    "
  `)
  expect(formatDown([{ ...down, proof: { ...proof, instances: 1 } }], theme)[0]).toContain('hpc is not wholly gone')
  expect(formatDown([], theme)).toEqual(['✔ there is no fleet to take down'])
})

const cost = costOf([
  { what: '4 x hpc7g.16xlarge', usdPerHour: 6.7328, asOf: '2026-07-20' },
  { what: 'storage 1200 GiB SCRATCH_2', usdPerHour: null, asOf: null },
])

const plan: RaisePlan = {
  goal: 'raise',
  cloud: 'sandbox',
  region: 'us-east-1',
  account: '000000000000',
  fleet: 'hpc',
  wanted: {
    instanceType: 'hpc7g.16xlarge',
    nodes: 4,
    placement: 'cluster',
    image: 'auto',
    storage: scratch(),
  },
  interfaces: [{ cardIndex: 0, deviceIndex: 0, kind: 'efa' }],
  rungs: [
    {
      purchase: 'on-demand',
      instanceType: 'hpc7g.16xlarge',
      zone: 'us-east-1a',
      reservation: null,
      usdPerHour: 1.6832,
      usdPerHourInAll: 6.7328,
      asOf: '2026-07-20',
      refused: null,
    },
    {
      purchase: 'on-demand',
      instanceType: 'hpc7g.16xlarge',
      zone: 'us-east-1b',
      reservation: null,
      usdPerHour: null,
      usdPerHourInAll: null,
      asOf: null,
      refused: 'no room a minute ago',
    },
  ],
  leftOut: [
    {
      purchase: 'spot',
      instanceType: 'hpc7g.16xlarge',
      zone: null,
      reservation: null,
      why: 'the type is not sold so',
    },
  ],
  job: { name: 'heat', launcher: 'mpi', nodes: 4, tasksPerNode: 2, timeLimitS: 600, keep: false },
  actions: [
    { id: 'hpc/group', kind: 'create-security-group', what: '+ security group', reason: 'none', dependsOn: [] },
    { id: 'hpc/l', kind: 'launch-cohort', what: '+4 hpc7g.16xlarge us-east-1a', reason: 'no nodes', dependsOn: [] },
  ],
  waits: ['the file system'],
  converged: false,
  quotas: [
    { code: 'L-F7808C92', name: 'Running On-Demand HPC instances', limit: 768, used: 64, asked: 256 },
    { code: 'L-1216C47A', name: 'Standard', limit: null, used: 0, asked: 1 },
  ],
  cost,
  worstCase: { hours: 24, usd: { total: null, known: 161.5872 }, by: 'day' },
  expected: {
    phases: [
      { name: 'launch', leastMs: 2000, mostMs: 10_000 },
      { name: 'storage', leastMs: 300_000, mostMs: 900_000 },
      { name: 'prepare', leastMs: null, mostMs: null },
    ],
    ready: { leastMs: 302_000, mostMs: 910_000 },
    source: 'as somebody says',
  },
}

test('a plan', () => {
  expect(show(formatRaisePlan(plan, theme))).toMatchInlineSnapshot(`
    "
    sandbox, region us-east-1, account 000000000000
    hpc: 4 x hpc7g.16xlarge, placement cluster, storage 1200 GiB SCRATCH_2 on /fsx, deleted on teardown
      ACTION                        WHY
      + security group              none
      +4 hpc7g.16xlarge us-east-1a  no nodes
      wait for the file system
    each node has efa on card 0
    then job heat: mpi, 4 nodes x 2 tasks, at most 10m 00s; then the fleet is taken down
    ways to get the nodes, in the order in which they are tried
      TRY  PURCHASE   TYPE            ZONE            $/H  NOTE
        1  on-demand  hpc7g.16xlarge  us-east-1a    $6.73
        2  on-demand  hpc7g.16xlarge  us-east-1b  unknown  no room lately: no room a minute ago
      not spot hpc7g.16xlarge: the type is not sold so
    would cost on AWS (the sandbox is free)
      4 x hpc7g.16xlarge          $6.73/h (price of 2026-07-20)
      storage 1200 GiB SCRATCH_2  price unknown
      in all                      at least $6.73/h
      worst case, up for 24 h     at least $161.59
      quota L-F7808C92            256 vCPUs asked, 704 of 768 left (Running On-Demand HPC instances)
      quota L-1216C47A            1 vCPU asked, how many are left is unknown (Standard)
    until the first rank (as somebody says)
      launch   2.0 s to 10 s
      storage  5m 00s to 15m 00s, while the nodes boot
      prepare  unknown
      in all   5m 02s to 15m 10s, without prepare
    this is a plan: nothing was made
    "
  `)
  const cheap = {
    ...plan,
    cloud: 'aws',
    converged: true,
    actions: [],
    waits: [],
    job: null,
    quotas: [],
    cost: costOf(cost.parts.slice(0, 1)),
  }
  expect(show(formatRaisePlan({ ...cheap, expected: { ...plan.expected, source: null } }, theme)))
    .toMatchInlineSnapshot(`
      "
      aws, region us-east-1, account 000000000000
      ✔ hpc is already as wanted: 4 x hpc7g.16xlarge, placement cluster, storage 1200 GiB SCRATCH_2 on /fsx, deleted on teardown
      each node has efa on card 0
      ways to get the nodes, in the order in which they are tried
        TRY  PURCHASE   TYPE            ZONE            $/H  NOTE
          1  on-demand  hpc7g.16xlarge  us-east-1a    $6.73
          2  on-demand  hpc7g.16xlarge  us-east-1b  unknown  no room lately: no room a minute ago
        not spot hpc7g.16xlarge: the type is not sold so
      costs, on demand, before tax and discounts
        4 x hpc7g.16xlarge       $6.73/h (price of 2026-07-20)
        in all                   $6.73/h
        worst case, up for 24 h  at least $161.59
      "
    `)
})

test('a plan of a teardown', () => {
  expect(show(formatRemovalPlans([{ ...plan, goal: 'remove' }], theme))).toMatchInlineSnapshot(`
    "
    sandbox, region us-east-1, account 000000000000
    hpc: would be taken down
      ACTION                        WHY
      + security group              none
      +4 hpc7g.16xlarge us-east-1a  no nodes
    this is a plan: nothing was removed
    "
  `)
  expect(formatRemovalPlans([{ ...plan, converged: true }], theme)[1]).toBe(
    '✔ hpc is already as wanted: nothing of it is there',
  )
  expect(formatRemovalPlans([], theme)).toEqual(['✔ there is no fleet to take down'])
})

test('status', () => {
  const placed = { cohort: 'c0x2', topology: ['nn-1', 'nn-2', 'nn-3'], purchase: 'on-demand' }
  const now = Date.UTC(2026, 10, 23)
  const status: StatusResult = {
    cloud: 'sandbox',
    region: 'us-east-1',
    account: '000000000000',
    fleets: [
      {
        name: 'hpc',
        state: 'ready',
        instanceType: 'hpc7g.16xlarge',
        since: now - 65_000,
        nodes: [
          { ...node, ...placed, rank: 0, state: 'ready', since: now - 65_000, usd: 1.5 },
          { ...node, ...placed, rank: 1, name: 'node-1', ip: null, state: 'pending', since: now - 400, usd: null },
        ],
        storage: [
          {
            id: 'fs-0123456789abcdef0',
            state: 'available',
            capacityGiB: 1200,
            onTeardown: 'export',
            exportTo: 's3://out/x',
            unexported: true,
          },
        ],
        quarantined: [
          { id: 'i-0123456789abcdef1', by: 'check', since: now - 65_000, why: 'EFA is $(gone)', usdPerHour: 1.6832 },
        ],
        money: { ...cost, spentUsd: { total: null, known: 0.004 }, totalUsd: { total: null, known: 12 } },
        endsAt: null,
        most: { at: now, why: 'spending limit' },
      },
      {
        name: 'old',
        state: 'leftovers',
        instanceType: null,
        since: null,
        nodes: [],
        storage: [],
        quarantined: [],
        money: { ...costOf([]), spentUsd: { total: 0, known: 0 }, totalUsd: { total: 0, known: 0 } },
        endsAt: null,
        most: null,
      },
    ],
    jobs: [
      { id: run.job, name: 'heat $(id)\n', fleet: 'hpc', phase: 'running', exitCode: null, submittedAt: now - 30_000 },
    ],
  }
  const whole = show(formatStatus(status, { theme, now, nodes: true }))
  expect(whole).toContain(
    'i-0123456789abcdef0  c0x2    0     172.31.0.4  us-east-1a  nn-1 > nn-2 > nn-3  on-demand  ready',
  )
  expect(show(formatStatus(status, { theme, now }))).toMatchInlineSnapshot(`
    "
    sandbox, region us-east-1, account 000000000000

    hpc: ready, 2 x hpc7g.16xlarge, for 1m 05s
      storage fs-0123456789abcdef0 available, 1200 GiB, exported to s3://out/x on teardown (not exported yet)
      would cost on AWS: now at least $6.73/h, so far at least <$0.01, with all that is gone at least $12.00; price unknown: storage 1200 GiB SCRATCH_2
      i-0123456789abcdef1 was quarantined 1m 05s ago: EFA is $(gone) ($1.68/h)
        well after all? muster quarantine i-0123456789abcdef1 --release
      its first nodes end now, whatever runs on them: spending limit (limits.total)
      NODE    INSTANCE             IP          ZONE        STATE    SINCE   COST
      node-0  i-0123456789abcdef0  172.31.0.4  us-east-1a  ready    1m 05s  $1.50
      node-1  i-0123456789abcdef0  -           us-east-1a  pending  0.4 s   -

    old: leftovers

    JOB                        NAME         FLEET  PHASE    EXIT  SUBMITTED
    heat-20261123-143205-k7f2  heat $(id)   hpc    running     -   30 s ago
    "
  `)
  expect(formatStatus({ ...status, fleets: [], jobs: [] }, { theme, now })).toEqual([
    'sandbox, region us-east-1, account 000000000000',
    'no fleets',
    'no jobs',
  ])
})
