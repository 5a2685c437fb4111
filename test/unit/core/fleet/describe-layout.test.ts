import { expect, it } from 'vitest'
import { describeLayout } from '../../../../src/core/fleet/describe-layout.ts'
import { networkLayout } from '../../../../src/core/fleet/network-layout.ts'
import { facts } from '../plan/model-world.ts'

const cards = (count: number, kinds: readonly ('interface' | 'efa' | 'efa-only')[] | null = null) =>
  Array.from({ length: count }, (_, index) => ({ index, maxInterfaces: 2, kinds }))

it.each([
  ['interface on card 0', facts, false],
  ['efa on card 0', facts, true],
  ['efa on card 0, efa-only on cards 1 to 31', { ...facts, efaInterfaces: 32, networkCards: cards(32) }, true],
  ['efa on card 0, efa-only on card 1', { ...facts, efaInterfaces: 2, networkCards: cards(2) }, true],
  [
    'interface on card 0, efa-only on cards 1 to 16',
    {
      ...facts,
      efaInterfaces: 16,
      networkCards: [{ index: 0, maxInterfaces: 1, kinds: ['interface' as const] }, ...cards(17).slice(1)],
    },
    true,
  ],
  [
    'interface on card 0, efa-only on card 0 as device 1',
    { ...facts, networkCards: cards(1, ['interface', 'efa-only']) },
    true,
  ],
])('%s', (words, type, efa) => {
  expect(describeLayout(networkLayout(type, efa))).toBe(words)
})
