import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJobId, jobId, jobSlug } from '../../../../src/core/job/id.ts'
import { parseSegment, segmentName } from '../../../../src/core/job/layout.ts'
import { parseRunnerState } from '../../../../src/core/job/parse-state.ts'

describe('job ids', () => {
  it('are readable and sort by time', () => {
    expect(jobId('2-D Heat!', Date.UTC(2026, 10, 23, 14, 32, 5), 0.5)).toBe('2-d-heat-20261123-143205-i000')
  })

  it('are safe whatever the name is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (name, random) => {
          expect(isJobId(jobId(name, Date.UTC(2026, 0, 1), random))).toBe(true)
          expect(jobSlug(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        },
      ),
    )
  })

  it.each(['', '..', 'a/../b-20261123-143205-i000', 'heat', 'Heat-20261123-143205-i000'])(
    'refuse %j as one',
    (text) => {
      expect(isJobId(text)).toBe(false)
    },
  )
})

describe('segment names', () => {
  const segment = fc.record({ offset: fc.nat(2 ** 31), length: fc.nat(2 ** 20), sentAt: fc.nat(2 ** 31) })

  it('come back from their key', () => {
    fc.assert(
      fc.property(segment, (one) => {
        const key = `jobs/x/log/node-0/stdout/${segmentName(one)}`
        expect(parseSegment(key)).toEqual({ key, ...one })
      }),
    )
  })

  it('list in stream order', () => {
    fc.assert(
      fc.property(segment, segment, (a, b) => {
        if (a.offset < b.offset) expect(segmentName(a) < segmentName(b)).toBe(true)
      }),
    )
  })

  it('are not seen in other keys', () => {
    expect(parseSegment('jobs/x/job.json')).toBeNull()
  })
})

describe('runner states', () => {
  it('are never taken on trust', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const state = parseRunnerState(text)
        if (state) expect(typeof state.message).toBe('string')
      }),
    )
    expect(parseRunnerState('{"phase":"running","exitCode":"7","message":3}')).toMatchObject({
      exitCode: null,
      message: '',
    })
    expect(parseRunnerState('{"phase":"flying"}')).toBeNull()
  })
})
