import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeJob } from '../../../../src/core/job/judge.ts'
import { JOB_PHASES, type RunnerState } from '../../../../src/core/job/record.ts'

const state = (overrides: Partial<RunnerState> = {}): RunnerState => ({
  phase: 'running',
  exitCode: null,
  reason: null,
  message: '',
  startedAt: 0,
  updatedAt: 0,
  logBytes: null,
  outputBytes: null,
  notice: null,
  ...overrides,
})
const done = (exitCode: number, overrides: Partial<RunnerState> = {}) =>
  state({ phase: 'done', exitCode, reason: 'exited', ...overrides })
const host = (name: string, own: RunnerState | null) => ({ host: name, state: own })

const anyState = fc.option(
  fc
    .record({ phase: fc.constantFrom(...JOB_PHASES), exitCode: fc.integer({ min: 0, max: 255 }) })
    .map((own) => state(own)),
)

describe('where a job stands', () => {
  it('runs in the phase of its slowest host, from staging on', () => {
    expect(judgeJob({ states: [host('node-0', null)], lost: [] })).toEqual({ kind: 'running', phase: 'staging' })
    const states = [host('node-0', state({ phase: 'collecting' })), host('node-1', state())]
    expect(judgeJob({ states, lost: [] })).toEqual({ kind: 'running', phase: 'running' })
  })

  it('is done when every runner is, and passes the first failure in rank order on', () => {
    expect(judgeJob({ states: [host('node-0', done(0))], lost: [] })).toMatchObject({ outcome: 'done', exitCode: 0 })
    const states = [
      host('node-0', done(0)),
      host('node-1', done(7, { message: 'no such file' })),
      host('node-2', done(9)),
    ]
    expect(judgeJob({ states, lost: [] })).toMatchObject({
      outcome: 'failed',
      exitCode: 7,
      message: 'node-1: no such file',
    })
  })

  it('is lost where a node came to its own end, however orderly', () => {
    const state0 = done(143, { reason: 'node-end', message: 'its node ends: it has reached its maximum life of 60 s' })
    expect(judgeJob({ states: [host('node-0', state0)], lost: [] })).toEqual({
      kind: 'ended',
      outcome: 'lost',
      exitCode: 143,
      failure: null,
      message: 'its node ends: it has reached its maximum life of 60 s',
    })
  })

  it('passes on what the runner of a job that is done has to say: outputs that match nothing', () => {
    const state0 = done(0, { message: 'outputs: nothing matches *.png' })
    expect(judgeJob({ states: [host('node-0', state0)], lost: [] })).toMatchObject({
      outcome: 'done',
      exitCode: 0,
      message: 'outputs: nothing matches *.png',
    })
  })

  it.each([
    [9, 'node-1 exited with 9'],
    [139, 'node-1 was ended by signal 11'],
    [255, 'node-1 exited with 255'],
  ])('names the host of several that failed with %i without a word', (code, message) => {
    const states = [host('node-0', done(0)), host('node-1', done(code))]
    expect(judgeJob({ states, lost: [] })).toMatchObject({ exitCode: code, message })
  })

  it.each(['cancelled', 'time-limit'] as const)('tells %s from a failure', (reason) => {
    const verdict = judgeJob({ states: [host('node-0', done(143, { reason }))], lost: [] })
    expect(verdict).toMatchObject({ outcome: reason, exitCode: 143 })
  })

  it.each<[string, readonly (readonly [string, RunnerState])[], object | null]>([
    ['is done', [['node-0', done(0)]], null],
    ['was cancelled', [['node-0', done(143, { reason: 'cancelled' })]], null],
    [
      'fails before it began',
      [['node-0', done(1, { reason: 'staging-failed' })]],
      { phase: 'staging', host: 'node-0' },
    ],
    [
      'cannot be prepared, which the others tell as well',
      [
        ['node-0', done(2, { reason: 'prepare-failed' })],
        ['node-1', done(1, { reason: 'staging-failed', message: 'the first node could not prepare the job' })],
      ],
      { phase: 'preparing', host: 'node-0' },
    ],
    [
      'fails on one of several',
      [
        ['node-0', done(0)],
        ['node-1', done(7)],
      ],
      { phase: 'running', host: 'node-1' },
    ],
    [
      'fails on several',
      [
        ['node-0', done(1)],
        ['node-1', done(7)],
      ],
      { phase: 'running', host: null },
    ],
    [
      'has a rank that failed first',
      [['node-0', done(7, { message: 'rank 3 (node-1) exited with 7' })]],
      { phase: 'running', host: 'node-1' },
    ],
    [
      'lost a node',
      [
        [
          'node-0',
          done(1, { message: 'node-2 (10.0.0.3) died while the job was running: mpirun lost its connection' }),
        ],
      ],
      { phase: 'running', host: 'node-2' },
    ],
    [
      'only speaks of a node',
      [['node-0', done(1, { message: 'error: rank 3 (node-1) exited' })]],
      { phase: 'running', host: null },
    ],
  ])('tells where a job failed that %s', (_, states, failure) => {
    expect(judgeJob({ states: states.map(([name, own]) => host(name, own)), lost: [] })).toMatchObject({ failure })
  })

  it('names the node that died and the phase, and does not wait for its runner', () => {
    const lost = [{ host: 'node-0', reason: 'instance i-1 is terminated' }]
    expect(judgeJob({ states: [host('node-0', state())], lost })).toEqual({
      kind: 'ended',
      outcome: 'lost',
      exitCode: 137,
      message: 'node-0 died while the job was running: instance i-1 is terminated',
      failure: null,
    })
  })

  it('waits for the runner that lives when a worker has died, then tells both', () => {
    const lost = [{ host: 'node-3', reason: 'gone' }]
    expect(judgeJob({ states: [host('node-0', state())], lost })).toMatchObject({ kind: 'running' })
    expect(judgeJob({ states: [host('node-0', done(1, { message: 'lost a daemon' }))], lost })).toMatchObject({
      outcome: 'failed',
      message: 'node-3 died while the job was running: gone; lost a daemon',
    })
  })

  it('does not call a node dead that lives and is only waited for no longer', () => {
    const lost = [
      { host: 'node-1', reason: 'gone' },
      { host: 'node-0', reason: 'did not end after that', isAlive: true },
    ]
    const states = [host('node-0', state()), host('node-1', state())]
    expect(judgeJob({ states, lost })).toMatchObject({
      outcome: 'lost',
      message: 'node-1 died while the job was running: gone; node-0 did not end after that',
    })
  })

  it('ends exactly when no living runner is open, never with exit code 0 unless it is done', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 5 }), fc.nat(31), (states, mask) => {
        const named = states.map((own, index) => host(`node-${index}`, own))
        const lost = named.filter((_, index) => (mask >> index) & 1).map((each) => ({ host: each.host, reason: 'x' }))
        const verdict = judgeJob({ states: named, lost })
        const open = named.filter((each) => each.state?.phase !== 'done' && !lost.some((one) => one.host === each.host))
        expect(verdict.kind).toBe(open.length > 0 ? 'running' : 'ended')
        if (verdict.kind === 'ended') expect(verdict.exitCode === 0).toBe(verdict.outcome === 'done')
      }),
    )
  })
})
