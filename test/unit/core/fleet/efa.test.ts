import { expect, it } from 'vitest'
import { efaOfFleet, wantsEfa } from '../../../../src/core/fleet/efa.ts'
import { facts, spec } from '../plan/model-world.ts'

const plain = { ...facts, efaInterfaces: 0 }

it.each([
  ['auto', 'cluster', facts, true],
  ['auto', 'none', facts, false],
  ['auto', 'cluster', plain, false],
  ['required', 'none', facts, true],
  ['off', 'cluster', facts, false],
] as const)('efa %s with placement %s', (efa, placement, type, expected) => {
  const wanted = spec({ efa, placement })
  expect(wantsEfa(wanted, type)).toBe(expected)
  expect(efaOfFleet(wanted, type)).toBe(expected ? 1 : 0)
})
