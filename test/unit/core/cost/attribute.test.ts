import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attribute, type FleetSpent } from '../../../../src/core/cost/attribute.ts'
import type { NodeUse } from '../../../../src/core/cost/node-use.ts'
import type { PaidThing } from '../../../../src/core/cost/paid-thing.ts'
import { AT, paidNode } from '../../../contract/job-store/jobs.ts'

const HOUR = 3_600_000
const NOW = AT + 10 * HOUR
const always = { since: 0, now: NOW }

/** A node that lived for an hour, ready after ten minutes; $3.60 an hour. */
const node = (more: Partial<PaidThing> = {}) =>
  paidNode({ readyAt: AT + HOUR / 6, endedAt: AT + HOUR, lastAliveAt: AT + HOUR - 1, ...more })

const use = (from: number, until: number | null, more: Partial<NodeUse> = {}): NodeUse => ({
  run: `run-${from}`,
  node: 'i-1',
  job: 'job',
  index: null,
  attempt: 1,
  fleet: 'hpc',
  cores: null,
  from: AT + from,
  until: until === null ? null : AT + until,
  outcome: until === null ? null : 'done',
  ...more,
})

const usd = ({ paid, used, boot, idle, failed, storage }: FleetSpent) =>
  Object.fromEntries(
    Object.entries({ paid, used, boot, idle, failed, storage }).map(([part, spent]) => [
      part,
      Math.round((spent.usd.total ?? NaN) * 1000) / 1000,
    ]),
  )

const only = (paid: readonly PaidThing[], uses: readonly NodeUse[], window = always) =>
  attribute(paid, uses, window).fleets[0]!

describe('what a fleet cost', () => {
  it('is boot, use, failure and idleness', () => {
    const uses = [use(HOUR / 6, HOUR / 2), use(HOUR / 2, (HOUR * 2) / 3, { outcome: 'failed', job: 'bad' })]
    expect(usd(only([node()], uses))).toEqual({ paid: 3.6, used: 1.2, boot: 0.6, idle: 1.2, failed: 0.6, storage: 0 })
    expect(attribute([node()], uses, always).jobs.map(({ job, paid }) => [job, paid.hours.toFixed(3)])).toEqual([
      ['job', '0.333'],
      ['bad', '0.167'],
    ])
  })

  it('is a minute at least, and all of it boot where no node ever came up', () => {
    const brief = node({ readyAt: null, endedAt: AT + 1000 })
    expect(usd(only([brief], []))).toMatchObject({ paid: 0.06, boot: 0.06 })
  })

  it('goes on while it is there, and an attempt that runs counts as use', () => {
    const up = node({ endedAt: null })
    expect(only([up], [use(HOUR, null)])).toMatchObject({ until: null, used: { hours: 9 }, paid: { hours: 10 } })
  })

  it('is shared by cores, and what they leave is idle', () => {
    const uses = [use(HOUR / 6, HOUR, { cores: 16 }), use(HOUR / 6, HOUR, { cores: 32, run: 'other', job: 'other' })]
    const { fleets, jobs } = attribute([node()], uses, always)
    expect(usd(fleets[0]!)).toMatchObject({ used: 2.25, idle: 0.75, boot: 0.6 })
    expect(jobs.map(({ paid }) => paid.usd.total?.toFixed(2))).toEqual(['0.75', '1.50'])
  })

  it('never counts an unknown price as nothing', () => {
    const fleet = only([node({ usdPerHour: null })], [use(HOUR / 6, HOUR)])
    expect(fleet).toMatchObject({ paid: { usd: { total: null, known: null }, hours: 1 }, unpriced: ['hpc7g.16xlarge'] })
    expect(fleet.failed.usd).toEqual({ total: 0, known: 0 })
    const half = only([node({ usdPerHour: null }), node({ id: 'i-2' })], [])
    expect(half.paid.usd).toEqual({ total: null, known: expect.closeTo(3.6) })
  })

  it('has its storage in it, and counts those that nobody saw end', () => {
    const disk = node({ kind: 'storage', id: 'fs-1', endedAt: null, goneAt: AT + 2 * HOUR, usdPerHour: 1 })
    const fleet = only([disk], [])
    expect(fleet).toMatchObject({ estimated: 1, until: AT + HOUR - 1, nodes: 0 })
    expect(usd(fleet)).toMatchObject({ storage: 1, paid: 1, idle: 0 })
  })

  it('begins where it is asked for', () => {
    const window = { since: AT + HOUR / 2, now: NOW }
    expect(usd(only([node()], [use(HOUR / 6, HOUR)], window))).toMatchObject({ paid: 1.8, used: 1.8, boot: 0 })
    expect(attribute([node()], [], { since: AT + 2 * HOUR, now: NOW }).fleets).toEqual([])
  })
})

const someUse = fc
  .record({
    from: fc.integer({ min: -10, max: 200 }),
    ms: fc.integer({ min: 0, max: 200 }),
    isOpen: fc.boolean(),
    cores: fc.option(fc.integer({ min: 1, max: 80 }), { nil: null }),
    outcome: fc.constantFrom('done', 'failed', 'lost', 'cancelled', 'time-limit'),
    node: fc.constantFrom('i-1', 'i-2'),
  })
  .map(({ from, ms, isOpen, cores, outcome, node: id }) =>
    use(from * 1000, isOpen ? null : (from + ms) * 1000, {
      node: id,
      cores,
      outcome: isOpen ? null : (outcome as 'done'),
      run: `run-${from}-${ms}`,
    }),
  )
const someNode = fc
  .record({
    id: fc.constantFrom('i-1', 'i-2', 'i-3'),
    began: fc.integer({ min: 0, max: 100 }),
    ready: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    ended: fc.option(fc.integer({ min: 0, max: 200 }), { nil: null }),
    price: fc.integer({ min: 0, max: 50 }),
  })
  .map(({ id, began, ready, ended, price }) => {
    const beganAt = AT + began * 1000
    return paidNode({
      id,
      beganAt,
      readyAt: ready === null ? null : beganAt + ready * 1000,
      lastAliveAt: beganAt,
      endedAt: ended === null ? null : beganAt + ended * 1000,
      usdPerHour: price,
    })
  })

describe('any ledger', () => {
  it('adds up: nothing is paid twice, lost or negative', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(someNode, { selector: ({ id }) => id, maxLength: 3 }),
        fc.array(someUse, { maxLength: 12 }),
        fc.integer({ min: 0, max: 150 }),
        (nodes, uses, since) => {
          const window = { since: AT + since * 1000, now: AT + 300_000 }
          const { fleets, jobs } = attribute(nodes, uses, window)
          for (const fleet of fleets) {
            const parts = [fleet.used, fleet.boot, fleet.idle, fleet.failed]
            expect(parts.every(({ hours, usd: sum }) => hours >= 0 && (sum.total ?? 0) >= 0)).toBe(true)
            expect(parts.reduce((sum, part) => sum + part.hours, 0)).toBeCloseTo(fleet.paid.hours, 9)
            expect(parts.reduce((sum, part) => sum + part.usd.total!, 0)).toBeCloseTo(fleet.paid.usd.total!, 9)
          }
          const held = fleets.reduce((sum, fleet) => sum + fleet.used.hours + fleet.failed.hours, 0)
          expect(jobs.reduce((sum, job) => sum + job.paid.hours, 0)).toBeCloseTo(held, 9)
          const lived = nodes.map(({ beganAt, endedAt }) => {
            const end = Math.max(endedAt ?? window.now, beganAt + 60_000)
            return Math.max(0, end - Math.max(beganAt, window.since))
          })
          const paid = fleets.reduce((sum, fleet) => sum + fleet.paid.hours, 0)
          expect(paid).toBeCloseTo(lived.reduce((sum, ms) => sum + ms, 0) / HOUR, 9)
        },
      ),
      { numRuns: 500 },
    )
  })
})
