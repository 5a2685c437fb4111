import { describe, expect, it } from 'vitest'
import { checkVerdicts, type CheckResult } from '../../../../src/core/fleet/check-verdicts.ts'

const ADDRESSES: Readonly<Record<string, string>> = { lead: '10.0.0.1', a: '10.0.0.2', b: '10.0.0.3', well: '10.0.0.4' }

const result = (node: string, exitCode = 0, words = ''): CheckResult => ({
  node,
  end: exitCode === 0 ? 'passed' : 'failed',
  exitCode,
  words,
})
const noSsh = (node: string) => result('lead', 42, `ssh from the lead to ${ADDRESSES[node]} failed: no route`)

const addressOf = (node: string) => ADDRESSES[node] ?? null

const kinds = (suspects: readonly string[], ...results: readonly CheckResult[]) => {
  const verdicts = checkVerdicts(results, { suspects, lead: 'lead', addressOf })
  return Object.fromEntries([...verdicts].map(([node, verdict]) => [node, verdict.kind]))
}

describe('what a check says of the nodes that it was about', () => {
  it.each<[string, string[], CheckResult[], Record<string, string>]>([
    ['all pass', ['a'], [result('lead'), result('well'), result('a')], { a: 'well' }],
    ['it alone fails', ['a'], [result('lead'), result('well'), result('a', 40)], { a: 'bad' }],
    ['the only node that there is fails', ['lead'], [result('lead', 40)], { lead: 'bad' }],
    ['the others fail as it does', ['a'], [result('lead', 40), result('well', 40), result('a', 40)], { a: 'unclear' }],
    ['another fails, at something else', ['a'], [result('lead'), result('well', 41), result('a', 40)], { a: 'bad' }],
    [
      'all are suspects, and fail alike',
      ['lead', 'a'],
      [result('lead', 40), result('a', 40)],
      { lead: 'unclear', a: 'unclear' },
    ],
    ['one of two suspects fails', ['lead', 'a'], [result('lead'), result('a', 40)], { lead: 'well', a: 'bad' }],
    ['the lead cannot reach it', ['a'], [noSsh('a'), result('well'), result('a')], { a: 'bad' }],
    ['the lead reaches nobody', ['a'], [noSsh('well'), result('well'), result('a')], { a: 'unclear' }],
    ['the lead is a suspect, and reaches nobody', ['lead'], [noSsh('well'), result('well')], { lead: 'unclear' }],
    ['the lead reaches one of two', ['a', 'b'], [noSsh('a'), result('a'), result('b')], { a: 'bad', b: 'unclear' }],
    ['it does not take it', ['a'], [result('lead'), { ...result('a'), end: 'unreached' }], { a: 'unclear' }],
  ])('%s', (_, suspects, results, expected) => {
    expect(kinds(suspects, ...results)).toEqual(expected)
  })
})
