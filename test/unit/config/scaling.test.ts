import { describe, expect, it, test } from 'vitest'
import { cronProblems } from '../../../src/config/cron-problems.ts'
import { parseSettings } from '../../../src/config/settings-file.ts'

const parse = (scaling: string, nodes = '{min: 1, max: 8}') =>
  parseSettings(`fleets:\n  hpc:\n    nodes: ${nodes}\n    scaling: ${scaling}\n`, 'muster.yaml')

const problemsOf = (scaling: string, nodes?: string) => parse(scaling, nodes).problems.map(({ text }) => text)
const specOf = (scaling: string) => parse(scaling).fleets[0]?.scaling

const NIGHT = '{cron: 0 19 * * *, min: 0}'

describe('what a fleet may say', () => {
  it('is the queue where nothing is said', () => {
    expect(specOf('{}')).toEqual({ policy: { kind: 'queue' }, schedules: [] })
    expect(parseSettings('fleets: {hpc: {}}', '').fleets[0]?.scaling).toEqual(specOf('{}'))
  })

  it('has the words of EC2 Auto Scaling, and its built-in cooldown', () => {
    expect(specOf('{policy: target-tracking, target: 2, metric: waiting}')?.policy).toEqual({
      kind: 'target-tracking',
      metric: 'waiting',
      target: 2,
    })
    expect(specOf('{policy: simple, threshold: 1, change: {add: 2}}')?.policy).toMatchObject({
      metric: 'backlog',
      cooldownMs: 300_000,
      change: { kind: 'add', nodes: 2 },
    })
    const steps = '[{from: 2, change: {percent: 50}}, {from: 0, to: 2, change: {add: 1}}]'
    expect(specOf(`{policy: step, threshold: 1, steps: ${steps}}`)?.policy).toMatchObject({
      steps: [
        { from: 0, to: 2, change: { kind: 'add', nodes: 1 } },
        { from: 2, to: null, change: { kind: 'percent', percent: 50 } },
      ],
    })
  })

  it('has schedules in a time zone, UTC where none is named', () => {
    const schedules = `[{cron: 0 7 * * 1-5, timeZone: Europe/Berlin, min: 4, max: 8}, ${NIGHT}]`
    expect(specOf(`{schedules: ${schedules}}`)?.schedules).toEqual([
      { cron: '0 7 * * 1-5', timeZone: 'Europe/Berlin', min: 4, max: 8 },
      { cron: '0 19 * * *', timeZone: 'UTC', min: 0, max: null },
    ])
  })
})

const step = (steps: string) => `{policy: step, threshold: 1, steps: [${steps}]}`
const schedules = (...list: string[]) => `{schedules: [${list.join(', ')}]}`

test.each([
  ['{polcy: step}', 'unknown key "polcy" in fleets.hpc.scaling; did you mean "policy"?'],
  ['{policy: simpel}', 'it must be queue, target-tracking, step or simple'],
  ['{target: 1}', 'goes with policy: target-tracking only, and the policy is queue'],
  ['{policy: step, threshold: 1}', 'is step, which needs steps beside it'],
  ['{policy: target-tracking, target: 0}', 'must be a number above 0'],
  ['{policy: target-tracking, target: 2, metric: busy}', 'use 0.8 or so'],
  ['{policy: simple, threshold: 1, metric: busy, change: {add: 1}}', 'use one below 1'],
  ['{policy: simple, threshold: 1, change: {add: -1}}', 'it has to add nodes'],
  ['{policy: simple, threshold: 1, change: {add: 1, percent: 5}}', 'must be a mapping with one of add, exact'],
  ['{policy: simple, threshold: 1, change: {add: 1}, cooldown: 2d}', 'at most 1d'],
  [
    step('{from: 0, to: 1, change: {add: 1}}, {from: 2, change: {add: 2}}'),
    'leave a gap between 0 to 1 and 2 to no end',
  ],
  [step('{from: 0, to: 3, change: {add: 1}}, {from: 2, change: {add: 2}}'), 'overlap between 0 to 3 and 2 to no end'],
  [step('{change: {add: 1}}'), 'has neither from nor to'],
  [step('{from: 2, to: 2, change: {add: 1}}'), 'begins at 2 and ends at 2'],
  [step('{from: 0, to: 1, change: {add: 1}}'), 'leave out to in the highest'],
  [step('{from: -1, to: 0, change: {add: -1}}'), 'leave out from in the lowest'],
  [step('{from: 0, change: {add: -1}}'), 'takes nodes away where there is too much work'],
  [step('{to: 0, change: {add: 1}}'), 'adds nodes where there is little work'],
  [schedules(NIGHT), 'a single one would hold for ever'],
  [schedules('{cron: 0 7 * * *}', NIGHT), 'must say min, max, or both'],
  [schedules('{cron: 0 7 * * *, timeZone: Europe/Berln, min: 1}', NIGHT), 'did you mean "Europe/Berlin"?'],
  [schedules('{cron: 0 7 * * *, min: 5, max: 4}', NIGHT), 'is 5, above its max, 4; lower min, or raise max'],
  [schedules('{cron: 0 7 * * *, min: 9}', NIGHT), 'is 9, above nodes.max, 8; raise that'],
  [schedules('{cron: 0 7 * * *, max: 9}', NIGHT), 'the fleet may have 8 at most; raise nodes.max'],
  [schedules('{cron: 0 7 * * *, max: 0}', NIGHT), 'is 0, below nodes.min, 1; say min as well'],
  [schedules(NIGHT, NIGHT), 'fires whenever schedules[0] does; put both into one'],
])('%s is refused: %s', (scaling, words) => {
  expect(problemsOf(scaling).join('\n')).toContain(words)
})

test('a problem is at the line of its own key', () => {
  const text = `fleets:\n  hpc:\n    scaling:\n      policy: queue\n      target: 3\n`
  expect(parseSettings(text, 'muster.yaml').problems.map(({ where }) => where)).toEqual(['muster.yaml:5:7'])
})

test.each([
  ['61 * * * *', 'invalid value for minute: 61'],
  ['0 7 * *', 'it has 4 of five fields'],
  ['0 0 7 * * 1-5', 'it has 6 of five fields'],
  ['@daily', 'it has 1 of five fields'],
  ['0 0 30 2 *', 'it never fires'],
])('the expression %s is refused: %s', async (cron, words) => {
  const { fleets, where } = parse(schedules(`{cron: "${cron}", min: 1}`, NIGHT))
  const problems = await cronProblems(fleets, where)
  expect(problems.map((one) => one.where)).toEqual(['muster.yaml:4:34'])
  expect(problems[0]?.text).toContain(words)
})
