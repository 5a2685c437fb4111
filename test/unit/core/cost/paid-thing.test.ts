import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, mergePaid, type PaidThing } from '../../../../src/core/cost/paid-thing.ts'
import { AT, paidNode } from '../../../contract/job-store/jobs.ts'

/** Looks at one life: ready at some time, ended at some time that the cloud tells or does not. */
const looks = fc
  .record({
    readyAt: fc.integer({ min: 0, max: 100 }),
    endsAt: fc.integer({ min: 0, max: 100 }),
    isTold: fc.boolean(),
    times: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 }),
  })
  .map(({ readyAt, endsAt, isTold, times }) => ({
    seen: times.map((time): PaidThing => {
      const lives = time < endsAt
      const alive = Math.min(time, Math.max(0, endsAt - 1))
      return paidNode({
        readyAt: alive >= readyAt ? AT + readyAt : null,
        lastAliveAt: AT + (lives ? time : 0),
        goneAt: lives ? null : AT + time,
        endedAt: !lives && isTold ? AT + endsAt : null,
      })
    }),
    endsAt,
  }))

describe('looks at one thing', () => {
  it('tell the same in any order, and told again', () => {
    fc.assert(
      fc.property(looks, ({ seen }) => {
        const merged = seen.reduce(mergePaid)
        expect(seen.toReversed().reduce(mergePaid)).toEqual(merged)
        expect([...seen, ...seen].reduce(mergePaid)).toEqual(merged)
      }),
    )
  })

  it('never say that it lived longer than it did', () => {
    fc.assert(
      fc.property(looks, ({ seen, endsAt }) => {
        const end = endOf(seen.reduce(mergePaid))
        if (end !== null) expect(end.at).toBeLessThanOrEqual(AT + endsAt)
      }),
    )
  })

  it('take back an end that was a look that lagged, but none that the cloud told', () => {
    const missing = paidNode({ goneAt: AT + 90_000 })
    expect(endOf(missing)).toEqual({ at: AT, isEstimated: true })
    expect(endOf(mergePaid(missing, paidNode({ lastAliveAt: AT + 90_001 })))).toBeNull()
    const ended = paidNode({ goneAt: AT + 5, endedAt: AT + 4 })
    expect(endOf(mergePaid(ended, paidNode({ lastAliveAt: AT + 6 })))).toEqual({ at: AT + 4, isEstimated: false })
  })
})
