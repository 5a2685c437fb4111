import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ec2Draws } from '../../../src/sandbox/rates/ec2-rates.ts'
import { awsRates, ratesFrom } from '../../../src/sandbox/rates/rates.ts'
import { tokenBucket } from '../../../src/sandbox/rates/token-bucket.ts'

test('a bucket never gives more than its size and what came in since', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 100 }),
      (size, perSecond, waits) => {
        const bucket = tokenBucket({ size, perSecond })
        let now = 0
        let given = 0
        for (const wait of waits) {
          now += wait
          if (bucket.take(1, now)) given += 1
          expect(given).toBeLessThanOrEqual(size + (now * perSecond) / 1000 + 1e-6)
        }
      },
    ),
  )
})

describe('the published rates of EC2', () => {
  it.each([
    ['DescribeInstances', { Filter: [{}] }, [['DescribeInstances', 100, 20, 1]]],
    ['DescribeInstances', { InstanceId: ['i-1'] }, [['DescribeInstances', 100, 20, 1]]],
    ['DescribeInstances', {}, [['DescribeInstances unfiltered', 50, 10, 1]]],
    ['DescribeInstanceTopology', {}, [['DescribeInstanceTopology', 1, 1, 1]]],
    ['CreateFleet', {}, [['CreateFleet', 50, 5, 1]]],
    ['CreateTags', {}, [['CreateTags', 100, 10, 1]]],
    [
      'RunInstances',
      { MinCount: '1', MaxCount: '40' },
      [
        ['RunInstances', 5, 2, 1],
        ['RunInstances instances', 1000, 2, 40],
      ],
    ],
    [
      'TerminateInstances',
      { InstanceId: ['i-1', 'i-2'] },
      [
        ['TerminateInstances', 100, 5, 1],
        ['TerminateInstances instances', 1000, 20, 2],
      ],
    ],
  ])('%s %j', (operation, input, wanted) => {
    const draws = ec2Draws(operation, input)
    expect(draws.map(({ bucket, shape, tokens }) => [bucket, shape.size, shape.perSecond, tokens])).toEqual(wanted)
  })

  it('hold for a region each, and for EC2 alone', () => {
    let now = 0
    const rates = awsRates(() => now)
    const ask = (region: string, service = 'ec2') =>
      rates.allow({ service, operation: 'DescribeInstanceTopology', region, input: {} })
    expect([ask('us-east-1'), ask('us-east-1'), ask('eu-west-1'), ask('us-east-1', 'ssm')]).toEqual([
      true,
      false,
      true,
      true,
    ])
    now = 1_000
    expect(ask('us-east-1')).toBe(true)
  })

  it('are switched on by a variable, and by nothing else', () => {
    expect(() => ratesFrom({ MUSTER_SANDBOX_RATES: 'mine' }, () => 0)).toThrow(/"mine".*write aws/)
    expect(ratesFrom({}, () => 0).allow({ service: 'ec2', operation: 'X', region: 'r', input: {} })).toBe(true)
  })
})
