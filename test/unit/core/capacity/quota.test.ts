import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEnough, moreQuota, quotaExceeded, quotaLeft, type QuotaCheck } from '../../../../src/core/capacity/quota.ts'

const hpc: QuotaCheck = {
  code: 'L-F7808C92',
  name: 'Running On-Demand HPC instances',
  limit: 768,
  used: 640,
  asked: 256,
}
const use = { instanceType: 'hpc7g.16xlarge', purchase: 'on-demand', count: 4 } as const

describe('a vCPU quota', () => {
  it.each([
    [{}, 128, false],
    [{ asked: 128 }, 128, true],
    [{ used: 900 }, 0, false],
    [{ used: null }, null, true],
    [{ limit: null }, null, true],
    [{ limit: 0, used: 0 }, 0, false],
  ])('%o leaves %s: enough %s', (change, left, enough) => {
    const check = { ...hpc, ...change }
    expect(quotaLeft(check)).toBe(left)
    expect(isEnough(check)).toBe(enough)
  })

  it('refuses with the numbers, the command that asks for more, and the number of nodes that it allows', () => {
    const error = quotaExceeded(hpc, use, 'us-east-1')
    expect(error).toMatchObject({ code: 'QuotaExceeded', exitCode: 5 })
    expect(error.message).toBe(
      "4 x hpc7g.16xlarge (on-demand) need 256 vCPUs, but the quota 'Running On-Demand HPC instances' (L-F7808C92) allows 768 in us-east-1, of which 640 are used",
    )
    expect(error.suggestions).toEqual([
      'aws service-quotas request-service-quota-increase --region us-east-1 --service-code ec2 --quota-code L-F7808C92 --desired-value 896',
      "set 'nodes: 2' for the fleet in muster.yaml",
    ])
    expect(quotaExceeded({ ...hpc, limit: 0 }, use, 'us-east-1').suggestions).toHaveLength(1)
  })

  it('is enough once as much as the command asks for is granted', () => {
    const amounts = { limit: fc.nat(10_000), used: fc.nat(10_000), asked: fc.integer({ min: 1, max: 10_000 }) }
    fc.assert(
      fc.property(fc.record(amounts), (some) => {
        const check = { ...hpc, ...some }
        const limit = Number(/--desired-value (\d+)/.exec(moreQuota(check, 'us-east-1'))?.[1])
        expect(isEnough({ ...check, limit })).toBe(true)
        expect(isEnough({ ...check, limit: limit - 1 })).toBe(false)
      }),
    )
  })
})
