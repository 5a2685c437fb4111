import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseCron } from '../../../src/kit/cron.ts'

const BERLIN = 'Europe/Berlin'
const at = (text: string) => Date.parse(text)
const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString())

describe('when the clocks change (in Berlin on 28 March and 31 October 2027)', () => {
  test.each([
    // Summer time begins at 02:00, which is then 03:00: 02:30 does not come, and is the moment of the change.
    ['30 2 * * *', '2027-03-28T00:59:59Z', '2027-03-27T01:30:00.000Z', '2027-03-28T01:00:00.000Z'],
    ['30 2 * * *', '2027-03-28T01:00:00Z', '2027-03-28T01:00:00.000Z', '2027-03-29T00:30:00.000Z'],
    ['30 2,14 * * *', '2027-03-28T01:00:00Z', '2027-03-28T01:00:00.000Z', '2027-03-28T12:30:00.000Z'],
    // It ends at 03:00, which is then 02:00: 02:30 comes twice, and is the first.
    ['30 2 * * *', '2027-10-31T00:30:00Z', '2027-10-31T00:30:00.000Z', '2027-11-01T01:30:00.000Z'],
    ['30 2,14 * * *', '2027-10-31T02:00:00Z', '2027-10-31T00:30:00.000Z', '2027-10-31T13:30:00.000Z'],
    // Seven in the morning is another hour in UTC.
    ['0 7 * * 1-5', '2027-03-29T05:00:00Z', '2027-03-29T05:00:00.000Z', '2027-03-30T05:00:00.000Z'],
    ['0 7 * * 1-5', '2027-11-01T05:59:59.999Z', '2027-10-29T05:00:00.000Z', '2027-11-01T06:00:00.000Z'],
  ])('%s at %s fired last at %s, next at %s', async (cron, now, last, next) => {
    const firings = await parseCron(cron, BERLIN)
    expect(iso(firings.last(at(now)))).toBe(last)
    expect(iso(firings.next(at(now)))).toBe(next)
  })
})

it('the next time is never at or before, the last never after, and nothing fires between', async () => {
  const firings = await Promise.all(
    ['30 2 * * *', '*/7 * * * *', '0 7 * * 1-5', '15 3 31 * *', '30 2,3 * * SUN'].map((one) => parseCron(one, BERLIN)),
  )
  const times = fc.integer({ min: at('2027-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') })
  fc.assert(
    fc.property(fc.constantFrom(...firings), times, (one, now) => {
      const last = one.last(now)!
      const next = one.next(now)!
      expect(last).toBeLessThanOrEqual(now)
      expect(next).toBeGreaterThan(now)
      expect(one.next(last)).toBe(next)
      expect(one.last(next - 1)).toBe(last)
    }),
    { numRuns: 500 },
  )
})

it('what never fires has no time, and what is no expression of five fields is refused', async () => {
  expect((await parseCron('0 0 30 2 *', 'UTC')).last(0)).toBeNull()
  await expect(parseCron('@daily', 'UTC')).rejects.toThrow('it has 1 of five fields')
  await expect(parseCron('2027-01-01T00:00:00', 'UTC')).rejects.toThrow(TypeError)
  await expect(parseCron('0 25 * * *', 'UTC')).rejects.toThrow('invalid value for hour: 25')
})
