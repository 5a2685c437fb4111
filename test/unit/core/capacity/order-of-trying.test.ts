import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildLadder } from '../../../../src/core/capacity/ladder.ts'
import { orderOfTrying } from '../../../../src/core/capacity/order-of-trying.ts'
import { describeRung, type PlacedRung } from '../../../../src/core/capacity/rung.ts'
import { SHORTAGE_MS, isOf, recentShortages, type Shortage } from '../../../../src/core/capacity/shortage.ts'
import { NOW } from '../plan/model-world.ts'
import { input } from './sample.ts'

const { rungs } = buildLadder(input({ capacity: ['spot', 'on-demand'] }))

function refused(rung: PlacedRung, overrides: Partial<Shortage> = {}): Shortage {
  return { ...rung, count: 4, code: 'CapacityShortage', message: 'no room', availableZones: [], at: NOW, ...overrides }
}

const find = (words: string) => rungs.find((rung) => describeRung(rung) === words)!
const order = (recent: readonly Shortage[]) => orderOfTrying(rungs, recent).map(describeRung)

describe('the order of trying', () => {
  it('is the ladder’s own where nothing was refused', () => {
    expect(order([])).toEqual(rungs.map(describeRung))
  })

  it('puts what was refused last, the longest ago first', () => {
    const first = order([refused(rungs[0]!), refused(rungs[1]!, { at: NOW - 1000 })])
    expect(first[0]).toBe(describeRung(rungs[2]!))
    expect(first.slice(-2)).toEqual([describeRung(rungs[1]!), describeRung(rungs[0]!)])
  })

  it('goes next to the zones that a refusal names, of the same type and purchase alone', () => {
    const availableZones = ['us-east-1c', 'us-east-1z']
    const next = order([refused(find('spot a.large in us-east-1a'), { availableZones })])
    expect(next.slice(0, 4)).toEqual([
      'spot a.large in us-east-1c',
      'spot a.large in us-east-1b',
      'spot b.large in us-east-1a',
      'spot b.large in us-east-1b',
    ])
  })

  it('tells rungs of one zone apart by group and reservation', () => {
    const shortage = refused(rungs[0]!)
    expect(isOf(shortage, rungs[0]!)).toBe(true)
    expect(isOf(shortage, { ...rungs[0]!, placementGroup: 'other' })).toBe(false)
    expect(isOf(shortage, { ...rungs[0]!, reservation: 'cr-1' })).toBe(false)
  })

  it('never loses or doubles a rung, whatever was refused', () => {
    fc.assert(
      fc.property(fc.subarray([...rungs]), fc.subarray(['us-east-1a', 'us-east-1b', 'us-east-1c']), (some, zones) => {
        const next = order(some.map((rung) => refused(rung, { availableZones: zones })))
        expect(next.toSorted()).toEqual(rungs.map(describeRung).toSorted())
        const first = next.findIndex((words) => some.some((rung) => describeRung(rung) === words))
        expect(first).toBe(some.length === 0 ? -1 : next.length - some.length)
      }),
    )
  })
})

describe('a refusal', () => {
  it('says something for some minutes, of as many nodes or more', () => {
    const shortage = refused(rungs[0]!)
    expect(recentShortages([shortage], 4, NOW + SHORTAGE_MS - 1)).toHaveLength(1)
    expect(recentShortages([shortage], 4, NOW + SHORTAGE_MS)).toHaveLength(0)
    expect(recentShortages([shortage], 3, NOW)).toHaveLength(0)
    expect(recentShortages([{ ...shortage, at: NOW + 60_000 }], 4, NOW)).toHaveLength(0)
  })
})
